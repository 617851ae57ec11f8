package dev.aerie.ingest.push;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import java.net.InetSocketAddress;
import java.util.List;

/// Says who may show a recording again, and so claim that frames are of another time: nobody else can give a
/// frame its identity but the ingest itself.
public final class ReplayCheck implements HttpUpgradeCheck {

    private static final String PATH = "/ws/replay/";
    private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP");
    private static final int FORBIDDEN = 403;

    private final From from;

    /// Who that is; where user and password are set, they are asked of everyone besides.
    public enum From {
        /// Programs on this machine; not what a proxy on it forwards.
        LOOPBACK,
        ANYWHERE,
        NOWHERE
    }

    public ReplayCheck(From from) {
        this.from = from;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        var request = context.httpRequest();
        boolean isReplay = request.path().startsWith(PATH);
        boolean isForwarded = FORWARDED.stream().anyMatch(request.headers()::contains);
        return !isReplay || isAllowed(request.connection().remoteAddress().host(), isForwarded)
                ? CheckResult.permitUpgrade()
                : CheckResult.rejectUpgrade(FORBIDDEN);
    }

    /// - `isForwarded`: whether a proxy says that somebody else asks
    boolean isAllowed(String host, boolean isForwarded) {
        return switch (from) {
            case ANYWHERE -> true;
            case NOWHERE -> false;
            case LOOPBACK -> isLoopback(host) && !isForwarded;
        };
    }

    /// - `host`: an address, as connections name their other end; never looked up
    private static boolean isLoopback(String host) {
        var other = new InetSocketAddress(host, 0);
        return !host.isEmpty() && !other.isUnresolved() && other.getAddress().isLoopbackAddress();
    }
}
