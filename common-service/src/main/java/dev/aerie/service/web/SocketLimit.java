package dev.aerie.service.web;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.OpenConnections;
import io.smallrye.mutiny.Uni;

/// Refuses WebSockets beyond a number, with status 503. A service with WebSockets declares one as a bean in its
/// wiring.
public final class SocketLimit implements HttpUpgradeCheck {

    private static final int SERVICE_UNAVAILABLE = 503;

    private final OpenConnections open;
    private final int max;
    private final int maxPerAddress;

    /// - `max`, `maxPerAddress`: of all clients, and of one address
    public SocketLimit(OpenConnections open, int max, int maxPerAddress) {
        this.open = open;
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        String client = host(context.httpRequest().remoteAddress().toString());
        long all = open.stream().count();
        long ofClient = open.stream()
                .filter(socket ->
                        host(socket.handshakeRequest().remoteAddress()).equals(client))
                .count();
        return all < max && ofClient < maxPerAddress
                ? CheckResult.permitUpgrade()
                : CheckResult.rejectUpgrade(SERVICE_UNAVAILABLE);
    }

    /// Without the port.
    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }
}
