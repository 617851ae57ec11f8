package dev.aerie.ingest.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A publisher by hand, whose messages go in one chunk each.
final class RtmpTestClient implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 22;

    private final Socket socket;
    private final ChunkReader answers = new ChunkReader(1 << 20);
    private final ByteBuf unread = Unpooled.buffer();

    private RtmpTestClient(Socket socket) {
        this.socket = socket;
    }

    /// Connected, nothing said.
    static RtmpTestClient open(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return new RtmpTestClient(socket);
    }

    /// Behind the handshake.
    static RtmpTestClient greeted(int port) throws IOException {
        var client = open(port);
        var first = new byte[1 + RtmpHandshake.PACKET_BYTES];
        first[0] = RtmpHandshake.VERSION;
        first[100] = 7;
        client.write(first);
        var answer = new byte[1 + 2 * RtmpHandshake.PACKET_BYTES];
        new DataInputStream(client.socket.getInputStream()).readFully(answer);
        if (answer[0] != RtmpHandshake.VERSION || answer[RtmpHandshake.PACKET_BYTES + 100] != 7) {
            throw new IOException("the server's packets are not those of the handshake");
        }
        client.write(new byte[RtmpHandshake.PACKET_BYTES]);
        return client;
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /// Up to the answer to `publish`, which is returned as text: `NetStream.Publish.Start`.
    String publish(String key) throws IOException {
        send(RtmpMessage.SET_CHUNK_SIZE, Unpooled.buffer().writeInt(CHUNK_BYTES));
        connect("live");
        command("createStream", new Amf0.Numeric(2), new Amf0.Nothing());
        command("publish", new Amf0.Numeric(3), new Amf0.Nothing(), new Amf0.Text(key), new Amf0.Text("live"));
        return awaitCommand("onStatus");
    }

    void connect(String app) throws IOException {
        command("connect", new Amf0.Numeric(1), new Amf0.Fields(Map.of("app", new Amf0.Text(app))));
    }

    void command(String name, Amf0... values) throws IOException {
        var out = Unpooled.buffer();
        Amf0Writer.write(out, new Amf0.Text(name));
        for (Amf0 value : values) {
            Amf0Writer.write(out, value);
        }
        send(RtmpMessage.COMMAND_AMF0, out);
    }

    void send(int type, ByteBuf payload) throws IOException {
        send(type, 0, ByteBufUtil.getBytes(payload));
    }

    void send(int type, int timeMillis, byte[] payload) throws IOException {
        var out = Unpooled.buffer();
        out.writeByte(4).writeMedium(timeMillis).writeMedium(payload.length).writeByte(type);
        out.writeIntLE(1).writeBytes(payload);
        write(ByteBufUtil.getBytes(out));
    }

    /// The code in the next command of this name.
    String awaitCommand(String name) throws IOException {
        while (true) {
            var message = next();
            if (message.type() == RtmpMessage.COMMAND_AMF0) {
                var command = RtmpCommand.parse(message.payload());
                if (command.name().equals(name) && command.arguments().size() > 1) {
                    return command.arguments().get(1) instanceof Amf0.Fields fields
                            ? fields.text("code").orElse("")
                            : "";
                }
            }
        }
    }

    RtmpMessage next() throws IOException {
        while (true) {
            var message = answers.read(unread);
            if (message.isPresent()) {
                if (message.get().type() == RtmpMessage.SET_CHUNK_SIZE) {
                    answers.setChunkBytes(message.get().payload().getInt(0));
                }
                return message.get();
            }
            var bytes = new byte[4096];
            int count = socket.getInputStream().read(bytes);
            if (count < 0) {
                throw new EOFException("the server closed the connection");
            }
            unread.writeBytes(bytes, 0, count);
        }
    }

    /// Waits until the server closes the connection; returns what came until then, in hex.
    List<String> untilClosed() throws IOException {
        var messages = new ArrayList<String>();
        try {
            while (true) {
                var message = next();
                var bytes = new byte[message.payload().remaining()];
                message.payload().duplicate().get(bytes);
                messages.add(message.type() + " " + HexFormat.of().formatHex(bytes));
            }
        } catch (EOFException | java.net.SocketException _) {
            return messages;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
