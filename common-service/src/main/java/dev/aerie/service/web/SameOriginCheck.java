package dev.aerie.service.web;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;

/// Refuses WebSockets that pages of other sites open ([SameOrigin]), with status 403. A service with WebSockets
/// declares one as a bean in its wiring.
public final class SameOriginCheck implements HttpUpgradeCheck {

    private static final int FORBIDDEN = 403;

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        var headers = context.httpRequest().headers();
        return SameOrigin.isSame(headers.get("Origin"), headers.get("Host"))
                ? CheckResult.permitUpgrade()
                : CheckResult.rejectUpgrade(FORBIDDEN);
    }
}
