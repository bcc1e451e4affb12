/**
 * The exit codes of CALDP, kept verbatim because CALCLOUD acts on them: 31 to 34 make it retry on a larger machine.
 */
export const exitCodes = {
  SUCCESS: 0,
  GENERIC_ERROR: 1,
  CMDLINE_ERROR: 2,
  INPUT_TAR_FILE_ERROR: 21,
  ASTROQUERY_ERROR: 22,
  STAGE1_ERROR: 23,
  STAGE2_ERROR: 24,
  S3_UPLOAD_ERROR: 25,
  S3_DOWNLOAD_ERROR: 26,
  BESTREFS_ERROR: 27,
  CREATE_PREVIEWS_ERROR: 28,
  SUBPROCESS_MEMORY_ERROR: 31,
  CALDP_MEMORY_ERROR: 32,
  CONTAINER_MEMORY_ERROR: 33,
  OS_MEMORY_ERROR: 34,
  SVM_ERROR: 40,
  MVM_ERROR: 41,
} as const;

/** The name of an exit code, for example `STAGE1_ERROR`. */
export type ExitCodeName = keyof typeof exitCodes;
