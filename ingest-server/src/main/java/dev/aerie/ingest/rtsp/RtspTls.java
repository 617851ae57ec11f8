package dev.aerie.ingest.rtsp;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// RTSPS: the same server once more, in TLS from the first byte (RFC 7826, 19.2). Packets go within the connection
/// only, for datagrams would be in the clear.
///
/// - `bindHost`, `port`: where it listens; port 0 takes any free one
/// - `context`: has key and certificate, and is asked for at each connection
public record RtspTls(String bindHost, int port, Supplier<SSLContext> context) {

    public RtspTls {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0..65535, was " + port);
        }
    }

    /// A connection's first handler.
    SslHandler newHandler() {
        var engine = context.get().createSSLEngine();
        engine.setUseClientMode(false);
        return new SslHandler(engine);
    }

    /// Whether a client has connected by TLS.
    static boolean isOn(Channel connection) {
        return connection.pipeline().get(SslHandler.class) != null;
    }
}
