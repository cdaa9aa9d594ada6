/** A failure that whoever runs the command can mend: shown as its one sentence, without a stack. */
export class PlainFailure extends Error {
  override readonly name = "PlainFailure";
}

/** Runs a command's main function; a plain failure ends it with its sentence and exit code 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof PlainFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
