package dev.aerie.storage.clip;

import dev.aerie.storage.catalog.FrameEntry;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// One frame of a clip: its identity, the place of its bytes, and its time on the clip's track.
///
/// - `prefix`: parameter sets to insert before it because they differ from those of the file's head; usually empty
/// - `decodeTicks`, `compositionTicks`: at 90 kHz from the clip's first frame
record Sample(
        String session,
        FrameEntry frame,
        ByteBuffer prefix,
        Source source,
        boolean keyframe,
        long decodeTicks,
        int compositionTicks) {

    static final ByteBuffer NO_PREFIX = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /// The bytes of a frame: NAL units behind four-byte lengths.
    sealed interface Source {

        int sizeBytes();

        /// In a segment file, which may still be growing.
        record InFile(Path file, long offset, int sizeBytes) implements Source {}

        /// Re-encoded; read-only.
        record InMemory(ByteBuffer bytes) implements Source {
            @Override
            public int sizeBytes() {
                return bytes.remaining();
            }
        }
    }

    static Sample of(String session, FrameEntry frame, Path file, long baseTicks) {
        return new Sample(
                session,
                frame,
                NO_PREFIX,
                new Source.InFile(file, frame.offset(), frame.sizeBytes()),
                frame.keyframe(),
                baseTicks + frame.decodeTicks(),
                frame.compositionTicks());
    }

    Sample withPrefix(ByteBuffer newPrefix) {
        return new Sample(session, frame, newPrefix, source, keyframe, decodeTicks, compositionTicks);
    }

    Sample at(long newDecodeTicks) {
        return new Sample(session, frame, prefix, source, keyframe, newDecodeTicks, compositionTicks);
    }

    int sizeBytes() {
        return prefix.remaining() + source.sizeBytes();
    }

    long presentationTicks() {
        return decodeTicks + compositionTicks;
    }
}
