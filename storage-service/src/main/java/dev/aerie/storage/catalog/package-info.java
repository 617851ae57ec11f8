/// The index of the archive: which recordings, segments, frames, snapshots and events there are, and where.
///
/// - Files are the truth, the index can be made anew from them: every frame carries its identity. What only the index
///   knows are protections and events.
/// - [Catalog] owns SQLite: one thread writes, in transactions that group what waits; readers have connections of
///   their own. A change waits in a bounded queue while the disk is away, and is made when it is back.
/// - [Recordings] and [Segments], [Snapshots], [Events] are the doors to its tables; a feature with tables of its own
///   adds a migration `V<n>__<what>.sql` beside the first one and a door like these.
/// - A change that the fleet should hear of puts its message into [Announcements] within the same transaction; the
///   message goes out when the broker has confirmed it, at least once.
/// - [OpenSegments] are the ones being written now: their frames are on disk and can be read, but not yet in the index.
///
/// A recording is what was kept of one session of a stream; its id is the session. It consists of segments, which
/// follow one another by frame number and never overlap, except for a prelude (see [FrameEntry]).
@NullMarked
package dev.aerie.storage.catalog;

import org.jspecify.annotations.NullMarked;
