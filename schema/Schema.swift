/// The files of this folder, embedded in the programs: the one source of the log's tables and of
/// the rules for messages.
public enum Schema {
    /// The SQL that creates a segment of the event log.
    public static var eventsSQL: String {
        String(decoding: PackageResources.events_sql, as: UTF8.self)
    }

    /// The SQL that seals a segment: its indexes, and what its end was like.
    public static var sealSQL: String {
        String(decoding: PackageResources.seal_sql, as: UTF8.self)
    }

    /// The SQL that a bundle has beyond a sealed segment.
    public static var bundleSQL: String {
        String(decoding: PackageResources.bundle_sql, as: UTF8.self)
    }

    /// The SQL that creates the projections' file.
    public static var projectionsSQL: String {
        String(decoding: PackageResources.projections_sql, as: UTF8.self)
    }

    /// The JSON Schema of the messages an IDE may send, as UTF-8.
    public static var messages: [UInt8] { PackageResources.messages_schema_json }
}
