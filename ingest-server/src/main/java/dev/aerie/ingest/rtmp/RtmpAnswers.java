package dev.aerie.ingest.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The messages that a server sends to a publisher, as chunks. Buffers belong to the caller.
final class RtmpAnswers {

    /// Of our own chunks; each of our messages is one.
    private static final int CHUNK_BYTES = 4096;

    private static final int WINDOW_BYTES = 2_500_000;
    private static final int LIMIT_DYNAMIC = 2;
    private static final int PING_RESPONSE = 7;

    private static final int CONTROL_CHUNKS = 2;
    private static final int COMMAND_CHUNKS = 3;

    private RtmpAnswers() {}

    /// What goes in front of the answer to `connect`.
    static ByteBuf welcome(ByteBufAllocator allocator) {
        var out = allocator.buffer();
        control(out, RtmpMessage.WINDOW_ACKNOWLEDGEMENT_SIZE, Integer.BYTES).writeInt(WINDOW_BYTES);
        control(out, RtmpMessage.SET_PEER_BANDWIDTH, Integer.BYTES + 1)
                .writeInt(WINDOW_BYTES)
                .writeByte(LIMIT_DYNAMIC);
        control(out, RtmpMessage.SET_CHUNK_SIZE, Integer.BYTES).writeInt(CHUNK_BYTES);
        return out;
    }

    static ByteBuf acknowledgement(ByteBufAllocator allocator, int receivedBytes) {
        return control(allocator.buffer(), RtmpMessage.ACKNOWLEDGEMENT, Integer.BYTES)
                .writeInt(receivedBytes);
    }

    /// To a ping with this time (RTMP, 7.1.7).
    static ByteBuf pong(ByteBufAllocator allocator, int timeMillis) {
        return control(allocator.buffer(), RtmpMessage.USER_CONTROL, Short.BYTES + Integer.BYTES)
                .writeShort(PING_RESPONSE)
                .writeInt(timeMillis);
    }

    /// The answer to a call.
    ///
    /// - `values`: the command object and what follows it
    static ByteBuf result(ByteBufAllocator allocator, RtmpCommand of, Amf0... values) {
        return command(allocator, 0, "_result", of.transaction(), values);
    }

    static ByteBuf error(ByteBufAllocator allocator, RtmpCommand of, String code, String description) {
        return command(
                allocator, 0, "_error", of.transaction(), new Amf0.Nothing(), status("error", code, description));
    }

    /// What became of a stream (7.2.2).
    ///
    /// - `level`: `status` or `error`
    static ByteBuf onStatus(ByteBufAllocator allocator, int streamId, String level, String code, String description) {
        return command(allocator, streamId, "onStatus", 0, new Amf0.Nothing(), status(level, code, description));
    }

    static Amf0.Fields status(String level, String code, String description) {
        var fields = new LinkedHashMap<String, Amf0>();
        fields.put("level", new Amf0.Text(level));
        fields.put("code", new Amf0.Text(code));
        fields.put("description", new Amf0.Text(description));
        return new Amf0.Fields(fields);
    }

    /// What a server calls itself; clients ask for no certain one.
    static Amf0.Fields server() {
        return new Amf0.Fields(Map.of("fmsVer", new Amf0.Text("FMS/3,0,1,123"), "capabilities", new Amf0.Numeric(31)));
    }

    private static ByteBuf control(ByteBuf out, int type, int bytes) {
        return header(out, CONTROL_CHUNKS, type, bytes, 0);
    }

    private static ByteBuf command(
            ByteBufAllocator allocator, int streamId, String name, double transaction, Amf0... values) {
        var payload = allocator.buffer();
        try {
            Amf0Writer.write(payload, new Amf0.Text(name));
            Amf0Writer.write(payload, new Amf0.Numeric(transaction));
            for (Amf0 value : values) {
                Amf0Writer.write(payload, value);
            }
            return header(
                            allocator.buffer(),
                            COMMAND_CHUNKS,
                            RtmpMessage.COMMAND_AMF0,
                            payload.readableBytes(),
                            streamId)
                    .writeBytes(payload);
        } finally {
            payload.release();
        }
    }

    /// A header of type 0, at time 0.
    private static ByteBuf header(ByteBuf out, int chunkStream, int type, int bytes, int streamId) {
        return out.writeByte(chunkStream)
                .writeMedium(0)
                .writeMedium(bytes)
                .writeByte(type)
                .writeIntLE(streamId);
    }
}
