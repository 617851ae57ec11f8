package dev.aerie.ptz.device;

import com.sun.net.httpserver.Filter;
import dev.aerie.auth.Credentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;

/// Where a protocol server listens and whom it lets in.
///
/// - `address`: loopback unless a camera's network is wanted; port 0 for a free one
/// - `credentials`: of the only user
/// - `clock`: of the device, which may differ from that of its clients
/// - `filters`: see each request before the server does, in this order; tests make a device fail by them
public record DeviceServerConfig(
        InetSocketAddress address, Credentials credentials, InstantSource clock, List<Filter> filters) {

    public DeviceServerConfig {
        filters = List.copyOf(filters);
    }

    /// On a free port of the loopback interface, with the system's clock.
    public static DeviceServerConfig onLoopback(Credentials credentials) {
        return new DeviceServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                credentials,
                InstantSource.system(),
                List.of());
    }

    /// The same on another port.
    public DeviceServerConfig withPort(int port) {
        return new DeviceServerConfig(new InetSocketAddress(address.getAddress(), port), credentials, clock, filters);
    }

    public DeviceServerConfig withClock(InstantSource other) {
        return new DeviceServerConfig(address, credentials, other, filters);
    }

    public DeviceServerConfig withFilters(Filter... others) {
        return new DeviceServerConfig(address, credentials, clock, List.of(others));
    }
}
