// log-append FOLDER: how fast the event log alone takes events; for tools/bench.
//
// Exit status: 0 when all is committed, 1 when the log refuses, 2 for a wrong command line.

import CommandLineOptions
import EventStore
import Glibc

let syntax = AppendCommandLine.syntax

/// The options, or the end of the program.
func appendOptions() -> AppendCommandLine {
    do throws(CommandLineViolation) {
        return try AppendCommandLine(syntax.parseOrExit())
    } catch {
        syntax.refuse(error)
    }
}

let options = appendOptions()
do throws(StoreError) {
    let log = try EventLog.open(folder: options.folder, LogOptions(sync: options.sync))
    let result = try AppendRun().append(
        options.events,
        batchEvents: options.batchEvents,
        bodyBytes: options.bodyBytes,
        to: log
    )
    print(
        "{\"events\":\(result.events),\"seconds\":\(result.seconds),\"cpu\":\(result.cpuSeconds)}"
    )
    fflush(nil)
    while getchar() != EOF {}
    log.close()
} catch {
    syntax.fail("\(error)")
}
