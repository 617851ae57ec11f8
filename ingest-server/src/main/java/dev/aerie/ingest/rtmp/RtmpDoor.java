package dev.aerie.ingest.rtmp;

import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// Where the server listens: RTMP, or RTMPS, which is the same in TLS from the first byte.
///
/// - `port`: 0 takes any free one
/// - `tls`: has key and certificate, and is asked for at each connection; empty for RTMP in the clear
public record RtmpDoor(String host, int port, Optional<Supplier<SSLContext>> tls) {

    public RtmpDoor {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0..65535, was " + port);
        }
    }

    /// In the clear.
    public static RtmpDoor plain(String host, int port) {
        return new RtmpDoor(host, port, Optional.empty());
    }

    /// In TLS.
    public static RtmpDoor tls(String host, int port, Supplier<SSLContext> context) {
        return new RtmpDoor(host, port, Optional.of(context));
    }

    /// A connection's first handler; empty for one in the clear.
    Optional<SslHandler> newHandler() {
        return tls.map(context -> {
            var engine = context.get().createSSLEngine();
            engine.setUseClientMode(false);
            return new SslHandler(engine);
        });
    }
}
