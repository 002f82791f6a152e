import GatewayServer
import Wire
import Glibc
signal(SIGPIPE, SIG_IGN)
var s = Settings(try HTTPBaseURL(String(cString: getenv("GATEWAY__AGENT_URL"))))
s.port = UInt16(String(cString: getenv("PORT")))!
if let d = getenv("GATEWAY__LOG_DIR") { s.logDir = String(cString: d) }
if let d = getenv("GATEWAY__LOG_SYNC"), String(cString: d) == "normal" { s.logSync = .normal }
var set = sigset_t(); sigemptyset(&set); sigaddset(&set, SIGTERM); sigaddset(&set, SIGINT)
pthread_sigmask(SIG_BLOCK, &set, nil)
let server = try GatewayServer.start(s, log: OperatorLog())
var n: Int32 = 0
sigwait(&set, &n)
server.stop()
