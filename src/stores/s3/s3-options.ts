/** How long to wait for a server, in milliseconds. */
export interface S3Timeouts {
  /** For a connection to be made. Default 10 seconds. */
  readonly connection: number;
  /** Without a byte in either direction, while an object is read too. Default 30 seconds. */
  readonly stall: number;
  /** From the beginning of a request to the head of its answer, so for a whole part of an upload. Default 5 minutes. */
  readonly request: number;
}

/** How a bucket is reached. What is left out is found as all AWS tools find it: environment, profile, container, machine. */
export interface S3Options {
  /** The variables that are looked at. Default: those of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** For a store that is not AWS. Default: `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, then AWS. */
  readonly endpoint?: string;
  /** Default: `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile; `us-east-1` where there is an endpoint. */
  readonly region?: string;
  /** Whether the bucket stands in the path instead of the host name. Default: true where there is an endpoint. */
  readonly pathStyle?: boolean;
  /**
   * When the SDK's own checksums are sent and checked: `supported` wherever possible, `required` only where a call demands it,
   * for stores that refuse them. Default: `AWS_REQUEST_CHECKSUM_CALCULATION`, else `supported`. The SHA-256 of every file is
   * checked in either mode.
   */
  readonly checksums?: 'required' | 'supported';
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly timeouts?: Partial<S3Timeouts>;
  /** Tries of one call before its error is told. Default 5. */
  readonly tries?: number;
  /** Milliseconds before the second try; doubled each time, to 5 seconds at most, and spread. Default 200. */
  readonly firstDelay?: number;
  /** Bytes of a part of an upload; smaller files are sent at once. At least 5 MiB. Default 8 MiB. */
  readonly partSize?: number;
}

/** The longest waits where nothing else is asked for. */
export const defaultTimeouts: S3Timeouts = {
  connection: 10_000,
  stall: 30_000,
  request: 300_000,
};
