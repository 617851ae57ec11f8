/// The storage-service: settings, start and wiring.
///
/// [StorageService] describes what the service does. Its packages, by what they know:
///
/// - `.catalog`: the index; knows none of the others
/// - `.segment`: writes one stream to the disk, and keeps archive and index consistent; knows `.catalog`
/// - `.work`: the assigned streams; knows `.segment`
/// - `.health`: readiness and metrics
@NullMarked
package dev.aerie.storage;

import org.jspecify.annotations.NullMarked;
