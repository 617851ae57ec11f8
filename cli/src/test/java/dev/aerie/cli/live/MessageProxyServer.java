package dev.aerie.cli.live;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.aerie.cli.rerun.RrdReader;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a viewer of Rerun is for those who write to it: `WriteMessages` of `sdk_comms.proto`, by gRPC over HTTP/2.
final class MessageProxyServer implements AutoCloseable {

    private static final int HEAD_BYTES = 1 + Integer.BYTES;

    private final HttpServer server;
    private final Buffer bytes = Buffer.buffer();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private int status;

    MessageProxyServer(Vertx vertx, int port) {
        server = vertx.createHttpServer().requestHandler(this::answer);
        var _ = server.listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /// Refuses each call with this status of gRPC.
    synchronized void refuseWith(int grpcStatus) {
        status = grpcStatus;
    }

    int port() {
        return server.actualPort();
    }

    /// `VERSION PATH CONTENT-TYPE TE` of each call.
    List<String> calls() {
        return List.copyOf(calls);
    }

    /// The whole messages so far.
    synchronized List<RrdReader.Item> messages() {
        return messages(bytes.getBytes());
    }

    /// The whole messages of a call.
    static List<RrdReader.Item> messages(byte[] call) {
        var all = Buffer.buffer(call);
        var messages = new ArrayList<RrdReader.Item>();
        int at = 0;
        while (all.length() - at >= HEAD_BYTES && all.length() - at - HEAD_BYTES >= all.getInt(at + 1)) {
            int length = all.getInt(at + 1);
            if (all.getByte(at) == 0) {
                messages.add(message(all.getBytes(at + HEAD_BYTES, at + HEAD_BYTES + length)));
            }
            at += HEAD_BYTES + length;
        }
        return messages;
    }

    @Override
    public void close() {
        var _ = server.close().toCompletionStage().toCompletableFuture().join();
    }

    private synchronized void answer(HttpServerRequest request) {
        calls.add(request.version() + " " + request.path() + " " + request.getHeader("content-type") + " "
                + request.getHeader("te"));
        if (status != 0 || request.version() != HttpVersion.HTTP_2) {
            var _ = request.response()
                    .putHeader("content-type", MessageProxy.GRPC)
                    .putHeader("grpc-status", String.valueOf(status))
                    .end();
            return;
        }
        request.handler(part -> {
            synchronized (this) {
                bytes.appendBuffer(part);
            }
        });
    }

    /// `WriteMessagesRequest { LogMsg log_msg = 1; }`, `LogMsg { oneof { 1 set_store_info, 2 arrow_msg } }`.
    private static RrdReader.Item message(byte[] request) {
        try {
            var from = CodedInputStream.newInstance(request);
            require(WireFormat.getTagFieldNumber(from.readTag()) == 1, "log_msg");
            var message = from.readBytes().newCodedInput();
            require(from.isAtEnd(), "one field");
            int kind = WireFormat.getTagFieldNumber(message.readTag());
            ByteString content = message.readBytes();
            require(message.isAtEnd(), "one message");
            return new RrdReader.Item(kind, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not " + what);
        }
    }
}
