/** The SDK announces on standard error when it will drop a version of Node; which versions work is told by `engines`. */
export function quietSdk(): void {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
}
