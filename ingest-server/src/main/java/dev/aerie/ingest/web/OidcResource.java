package dev.aerie.ingest.web;

import dev.aerie.auth.LoginSeal;
import dev.aerie.service.oidc.OidcIssuer;
import dev.aerie.service.oidc.OidcIssuer.Attempt;
import dev.aerie.service.web.BasicAccess;
import dev.aerie.service.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/api/login/oidc`: a browser goes to the OpenID Connect issuer, logs in there, and comes back to `…/back`. What it
/// takes along is sealed in a cookie of its own, which is sent with the way back (`SameSite=Lax`) and nowhere else.
@Path("/api/login/oidc")
@Blocking
final class OidcResource {

    private static final Logger LOG = LoggerFactory.getLogger(OidcResource.class);
    private static final String COOKIE = "aerie_oidc";
    private static final String BACK = "/api/login/oidc/back";
    private static final String KIND = "oidc";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MAX_CHARACTERS = 2048;
    private static final int FOUND = 302;

    private final BasicAccess access;
    private final LoginSeal seal;
    private final LoginLife life;

    OidcResource(BasicAccess access, LoginSeal seal, LoginLife life) {
        this.access = access;
        this.seal = seal;
        this.life = life;
    }

    /// 302 to the issuer.
    ///
    /// - `to`: the page that was asked for
    @GET
    public Response begin(@QueryParam("to") @Nullable String to, @HeaderParam(HttpHeaders.HOST) @Nullable String host) {
        var attempt = Attempt.make();
        URI address = issuer().loginAddress(attempt, back(host))
                .orElseThrow(() -> ProblemException.unavailable("the issuer of logins does not answer"));
        String page = to == null || to.length() > MAX_CHARACTERS ? "/" : to;
        String sealed = seal.seal(
                String.join("\n", KIND, attempt.state(), attempt.nonce(), attempt.verifier(), page), PATIENCE);
        return Response.status(FOUND)
                .location(address)
                .header(HttpHeaders.SET_COOKIE, cookie(sealed, PATIENCE))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /// 302 to the page that was asked for, by the page to log in: this request comes from another site, and so the
    /// browser would not send the cookie along yet.
    @GET
    @Path("/back")
    public Response back(
            @QueryParam("code") @Nullable String code,
            @QueryParam("state") @Nullable String state,
            @CookieParam(COOKIE) @Nullable String sealed,
            @HeaderParam(HttpHeaders.HOST) @Nullable String host,
            HttpServerRequest request) {
        var parts = Optional.ofNullable(sealed)
                .flatMap(seal::open)
                .map(plain -> plain.split("\n", 5))
                .filter(all -> all.length == 5 && all[0].equals(KIND) && all[1].equals(state));
        if (parts.isEmpty() || code == null || code.length() > MAX_CHARACTERS) {
            return toLoginPage("/", "refused").build();
        }
        String[] all = parts.get();
        try {
            var caller = issuer().callerBack(code, new Attempt(all[1], all[2], all[3]), back(host));
            return caller.map(one -> toLoginPage(all[4], "")
                            .header(HttpHeaders.SET_COOKIE, access.cookieOf(one, life.duration(), request)))
                    .orElseGet(() -> toLoginPage(all[4], "role"))
                    .build();
        } catch (IOException e) {
            LOG.info("login refused cause={}", e.getMessage());
            return toLoginPage(all[4], "refused").build();
        }
    }

    private OidcIssuer issuer() {
        return access.issuer().orElseThrow(() -> ProblemException.notFound("no issuer of logins is set: OIDC_URL"));
    }

    /// The gate has looked at the host.
    private URI back(@Nullable String host) {
        return URI.create((life.isEncrypted() ? "https://" : "http://") + host + BACK);
    }

    private Response.ResponseBuilder toLoginPage(String to, String problem) {
        var page = UriBuilder.fromPath("/login.html").queryParam("to", "{to}");
        if (!problem.isEmpty()) {
            page.queryParam("problem", problem);
        }
        return Response.status(FOUND)
                .header(HttpHeaders.LOCATION, page.build(to).toString())
                .header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private String cookie(String value, Duration age) {
        return COOKIE + "=" + value + "; Path=" + BACK + "; HttpOnly; SameSite=Lax; Max-Age=" + age.toSeconds()
                + (life.isEncrypted() ? "; Secure" : "");
    }
}
