# Two images: `slim` holds caldp alone; `pipeline` adds it to an image with the calibration programs.
#
#   docker build --tag caldp:slim .
#   docker build --target pipeline --build-arg CAL_BASE_IMAGE=stsci/hst-pipeline:stable --tag caldp .

ARG CAL_BASE_IMAGE=stsci/hst-pipeline:stable
ARG NODE_IMAGE=node:22-bookworm-slim

# Compiles caldp; only /opt/caldp leaves this stage.
FROM ${NODE_IMAGE} AS build
WORKDIR /opt/caldp
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY build ./build
COPY src ./src
RUN npm run build && npm prune --omit=dev --ignore-scripts && rm -r src build tsconfig*.json package-lock.json
COPY assets ./assets
COPY scripts ./scripts
RUN chmod 755 dist/program/caldp.cjs scripts/*

# Static, so that it runs on any distribution.
FROM ${NODE_IMAGE} AS init
RUN apt-get update && apt-get install --yes --no-install-recommends tini

FROM ${CAL_BASE_IMAGE} AS pipeline
ARG CAL_BASE_IMAGE
USER root
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=init /usr/bin/tini-static /usr/local/bin/tini
COPY --from=build /opt/caldp /opt/caldp
RUN ln -s /opt/caldp/dist/program/caldp.cjs /usr/local/bin/caldp \
 && ln -s /opt/caldp/scripts/* /usr/local/bin/ \
 && (id developer > /dev/null 2>&1 || useradd --create-home developer) \
 && mkdir -p /grp/crds/cache \
 && chown developer /grp/crds/cache /home/developer \
 && node --version
USER developer
WORKDIR /home/developer
# The calibration programs are in a conda environment that `docker run` does not activate.
ENV PATH=/opt/conda/envs/linux/bin:/opt/conda/condabin:/opt/conda/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    MKL_THREADING_LAYER=GNU \
    CSYS_VER=${CAL_BASE_IMAGE} \
    NODE_ENV=production
# Asks the daemon where the container runs one; a container that runs another command is well as long as it runs.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["caldp", "healthcheck", "--if-daemon"]
ENTRYPOINT ["/usr/local/bin/tini", "--"]
CMD ["caldp", "--help"]

# Without compilers and package managers of Node.
FROM ${NODE_IMAGE} AS slim
RUN rm -rf /usr/local/lib/node_modules /opt/yarn* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
      /usr/local/bin/yarn /usr/local/bin/yarnpkg \
 && userdel --remove node \
 && useradd --uid 1000 --create-home --shell /bin/bash developer \
 && mkdir -p /grp/crds/cache \
 && chown developer /grp/crds/cache
COPY --from=init /usr/bin/tini-static /usr/local/bin/tini
COPY --from=build /opt/caldp /opt/caldp
RUN ln -s /opt/caldp/dist/program/caldp.cjs /usr/local/bin/caldp && ln -s /opt/caldp/scripts/* /usr/local/bin/
USER developer
WORKDIR /home/developer
ENV NODE_ENV=production
# Asks the daemon where the container runs one; a container that runs another command is well as long as it runs.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["caldp", "healthcheck", "--if-daemon"]
ENTRYPOINT ["/usr/local/bin/tini", "--"]
CMD ["caldp", "--help"]
