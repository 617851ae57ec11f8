package dev.aerie.video;

import java.nio.ByteBuffer;

/// Learns whether a sender's chunks are whole access units ([AccessUnitBoundary#LEARN]).
final class ChunkBoundaryLearner {

    private static final int CHUNKS_UNTIL_TRUST = 10;

    /// A chunk of a round size may be part of a larger unit, cut by a sender's buffer: it does not count as an end.
    private static final int ROUND_BYTES = 256;

    private int alignedChunks;
    private boolean atChunkStart;
    private boolean trusted;
    private boolean trustLost;
    private boolean roundSize;

    void onChunkStart(ByteBuffer chunk) {
        atChunkStart = true;
        roundSize = chunk.remaining() % ROUND_BYTES == 0;
        if (!beginsWithStartCode(chunk)) {
            resetTrust();
            atChunkStart = false;
        }
    }

    /// A NAL unit has begun; `newUnit` if it opens an access unit or adds to one that has no slice yet.
    void onNalStart(boolean newUnit) {
        if (atChunkStart) {
            alignedChunks++;
            trusted = !trustLost && alignedChunks >= CHUNKS_UNTIL_TRUST;
            atChunkStart = false;
            if (!newUnit) {
                resetTrust();
            }
        }
    }

    /// Whether the chunk that was just taken ends an access unit.
    boolean chunkEndsUnit() {
        return trusted && !roundSize;
    }

    private void resetTrust() {
        trustLost |= trusted;
        trusted = false;
        alignedChunks = 0;
    }

    private static boolean beginsWithStartCode(ByteBuffer chunk) {
        int at = chunk.position();
        if (chunk.remaining() < 4 || chunk.get(at) != 0 || chunk.get(at + 1) != 0) {
            return false;
        }
        return chunk.get(at + 2) == 1 || (chunk.get(at + 2) == 0 && chunk.get(at + 3) == 1);
    }
}
