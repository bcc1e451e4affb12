/** A directory for one attempt at one dataset: `<root>/<id>/<number>`. */
export interface WorkDirectory {
  /** Absolute path of the folder that holds the inputs and receives the products; empty at first. */
  readonly folder: string;
  /** Absolute path of an empty folder for what is made on the way to publishing. */
  readonly scratch: string;
  /** Absolute path of an empty folder for pictures of the products. */
  readonly previews: string;
  /** When the attempt began. */
  readonly created: Date;
  /** Absolute path of a log file of this attempt, outside `folder`. */
  log(name: string): string;
  /** Absolute paths of the log files that there are, sorted. */
  logs(): Promise<readonly string[]>;
  /** Ends the attempt and removes the directory, unless the workspace keeps all. Fine when called twice. */
  remove(): Promise<void>;
  /** Ends the attempt and leaves the directory for a person to look at. */
  keep(): Promise<void>;
}
