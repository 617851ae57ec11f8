/// The archive of the fleet: settings, start, and what is built of what.
///
/// [StorageService] says what the service does. The packages below it, by what they know:
///
/// - `.catalog`: the index; knows none of the others
/// - `.segment`: one stream onto the disk, and the archive kept in order; knows `.catalog`
/// - `.work`: which streams are recorded; knows `.segment`
/// - `.health`: what readiness and metrics say
@NullMarked
package dev.aerie.storage;

import org.jspecify.annotations.NullMarked;
