/** A jest reporter that tells tools/test.mjs how many tests passed and failed; a file that cannot be run counts as one failure. */
module.exports = class TestCounts {
  onRunComplete(_contexts, results) {
    process.send?.({ passed: results.numPassedTests, failed: results.numFailedTests + results.numRuntimeErrorTestSuites });
  }
};
