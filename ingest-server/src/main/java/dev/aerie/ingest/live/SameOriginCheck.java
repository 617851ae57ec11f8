package dev.aerie.ingest.live;

import dev.aerie.service.web.SameOrigin;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Refuses WebSockets that pages of other sites open ([SameOrigin]).
@Singleton
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
