package dev.aerie.ingest.rtmp;

import java.nio.ByteBuffer;

/// One whole message (RTMP, 6).
///
/// - `type`: see the constants
/// - `streamId`: 0 for the connection itself
/// - `timestampMillis`: 32 bits that wrap
/// - `payload`: its own, at its beginning
record RtmpMessage(int type, int streamId, int timestampMillis, ByteBuffer payload) {

    static final int SET_CHUNK_SIZE = 1;
    static final int ABORT = 2;
    static final int ACKNOWLEDGEMENT = 3;
    static final int USER_CONTROL = 4;
    static final int WINDOW_ACKNOWLEDGEMENT_SIZE = 5;
    static final int SET_PEER_BANDWIDTH = 6;
    static final int AUDIO = 8;
    static final int VIDEO = 9;
    static final int COMMAND_AMF3 = 17;
    static final int COMMAND_AMF0 = 20;
}
