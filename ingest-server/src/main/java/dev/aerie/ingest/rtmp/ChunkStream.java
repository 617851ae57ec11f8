package dev.aerie.ingest.rtmp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// One of the streams of chunks that a connection interleaves: the header of its last message, which the next one may
/// leave out, and what has come of the message that is under way.
final class ChunkStream {

    static final int EXTENDED = 0xff_ffff;

    private int timestampMillis;
    private int stepMillis;
    private int lengthBytes;
    private int type;
    private int streamId;
    private boolean extended;
    private boolean begun;
    private ByteArrayOutputStream received = new ByteArrayOutputStream(0);
    private boolean underWay;

    /// Whether a message has begun of which bytes are missing.
    boolean isUnderWay() {
        return underWay;
    }

    /// Whether there was a header that the next one may refer to.
    boolean hasHeader() {
        return begun;
    }

    /// Whether the times of its last header were too large for 24 bits, so that each chunk repeats them in 32.
    boolean isExtended() {
        return extended;
    }

    int missingBytes() {
        return lengthBytes - received.size();
    }

    int receivedBytes() {
        return received.size();
    }

    int lengthBytes() {
        return lengthBytes;
    }

    /// A header with an absolute time (type 0); the next message that has no header comes as much later as this one
    /// after 0 (RTMP, 5.3.1.2.4).
    void header(int newTimestampMillis, int newLengthBytes, int newType, int newStreamId) {
        timestampMillis = 0;
        streamId = newStreamId;
        header(newTimestampMillis, newLengthBytes, newType);
    }

    /// A header with the time since the message before (type 1).
    void header(int newStepMillis, int newLengthBytes, int newType) {
        lengthBytes = newLengthBytes;
        type = newType;
        begun = true;
        step(newStepMillis);
    }

    /// A header with nothing but the time since the message before (type 2).
    void step(int newStepMillis) {
        stepMillis = newStepMillis;
        begin();
    }

    /// A message that repeats the header of the one before (type 3).
    void begin() {
        timestampMillis += stepMillis;
        underWay = true;
    }

    void extended(boolean isExtended) {
        extended = isExtended;
    }

    void add(byte[] bytes) {
        received.writeBytes(bytes);
    }

    /// The message, all of which has come.
    RtmpMessage take() {
        var message = new RtmpMessage(type, streamId, timestampMillis, ByteBuffer.wrap(received.toByteArray()));
        drop();
        return message;
    }

    /// Gives up what is under way.
    void drop() {
        received = new ByteArrayOutputStream(0);
        underWay = false;
    }
}
