/// The index of the archive: recordings, segments, frames, snapshots and events, and where their files are.
///
/// - The files are authoritative: the index can be rebuilt from them, because every frame carries its identity. Only
///   protections and events exist in the index alone.
/// - [Catalog] owns SQLite: one thread writes, in transactions that group the waiting changes; readers have separate
///   connections. A change waits in a bounded queue while the disk is away, and is made when it is back.
/// - [Recordings], [Segments], [Snapshots] and [Events] give access to the tables. A feature with new tables adds a
///   migration `V<n>__<what>.sql` and a class like these.
/// - A change that other services need to know puts a message into the [Outbox] within the same transaction; the
///   message is published until the broker has confirmed it, at least once.
/// - [OpenSegments] are being written now: their frames are on the disk and can be read, but are not in the index
///   yet.
///
/// A recording is the recorded part of one session of a stream; its id is the session. It consists of segments, which
/// follow one another by frame number and never overlap, except for a prelude (see [FrameEntry]).
@NullMarked
package dev.aerie.storage.catalog;

import org.jspecify.annotations.NullMarked;
