package dev.aerie.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What faults did to the rest of the fleet, in the part of the run that had them.
///
/// - `framesWithRoom`, `framesWithoutRoom`: that were published while the disk had room, and while it had none
/// - `missingWithRoom`, `missingWithoutRoom`: those of them that are not in the archive
/// - `recorded`: whether there was a disk for it; else the four are 0
/// - `messages`, `messagesLost`: of telemetry that was sent while the broker was there, and how many never arrived
/// - `messagesWhileAway`, `lostWhileAway`: the same of those that were sent while it was away
/// - `storageAnswered`, `storageAsked`: health of storage-service
/// - `behindFrames`: that a reader saw whose network stood still and was cut
record FaultFigures(
        boolean recorded,
        @JsonProperty("frames_with_room") long framesWithRoom,
        @JsonProperty("missing_with_room") long missingWithRoom,
        @JsonProperty("frames_without_room") long framesWithoutRoom,
        @JsonProperty("missing_without_room") long missingWithoutRoom,
        long messages,
        @JsonProperty("messages_lost") long messagesLost,
        @JsonProperty("messages_while_away") long messagesWhileAway,
        @JsonProperty("lost_while_away") long lostWhileAway,
        @JsonProperty("storage_answered") int storageAnswered,
        @JsonProperty("storage_asked") int storageAsked,
        @JsonProperty("behind_frames") int behindFrames) {

    /// The line below that of the part.
    String toLine() {
        return String.join(
                "\n",
                recorded
                        ? "  archive: %d of %d frames missing that came while the disk had room, %d of %d while it had none"
                                .formatted(missingWithRoom, framesWithRoom, missingWithoutRoom, framesWithoutRoom)
                        : "  archive: not measured, this machine lets no process have a disk of its own",
                "  messages: %d of %d lost with the broker there, %d of %d without it"
                        .formatted(messagesLost, messages, lostWhileAway, messagesWhileAway),
                "  health of storage-service: %d of %d answered; frames of the reader behind the faulty network: %d"
                        .formatted(storageAnswered, storageAsked, behindFrames));
    }
}
