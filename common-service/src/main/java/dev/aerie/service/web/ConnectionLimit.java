package dev.aerie.service.web;

import static java.util.Objects.requireNonNull;

import dev.aerie.limits.Places;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;

/// Bounds how many HTTP connections one address holds, so that it cannot take all that a service has
/// (`quarkus.http.limits.max-connections`). One too many is closed as it is accepted, before anything is made for it.
/// Netty asks this about each connection that a server of the process accepts.
public final class ConnectionLimit extends ChannelInitializerExtension {

    /// Set on the connections of a server that counts its own.
    public static final AttributeKey<Boolean> COUNTED_ELSEWHERE =
            AttributeKey.valueOf(ConnectionLimit.class, "counted elsewhere");

    /// Of all HTTP servers of this process.
    private static final AtomicReference<Places> PLACES = new AtomicReference<>(placesOf(Integer.MAX_VALUE));

    /// Tells Netty to load this, which it does when the first server of the process binds.
    static void install(int connectionsPerAddress) {
        PLACES.set(placesOf(connectionsPerAddress));
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Netty's: the connection's end is what is waited for.
    public void postInitializeServerChildChannel(Channel channel) {
        if (channel.hasAttr(COUNTED_ELSEWHERE) || !(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            return;
        }
        var places = places();
        var address = remote.getAddress();
        if (places.enter(address)) {
            channel.closeFuture().addListener(_ -> places.leave(address));
        } else {
            channel.unsafe().closeForcibly(); // It has no event loop yet that could close it.
        }
    }

    /// Connections that are open, of all addresses.
    static int open() {
        return places().taken();
    }

    private static Places places() {
        return requireNonNull(PLACES.get());
    }

    private static Places placesOf(int connectionsPerAddress) {
        return new Places(Integer.MAX_VALUE, connectionsPerAddress);
    }
}
