package dev.aerie.ingest.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.aerie.auth.Caller;
import dev.aerie.auth.Role;
import dev.aerie.service.web.BasicAccess;
import dev.aerie.service.web.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// `/api/login`: logs a browser in and out, and says who asks.
@Path("/api/login")
final class LoginResource {

    private final BasicAccess access;
    private final LoginLife life;

    LoginResource(BasicAccess access, LoginLife life) {
        this.access = access;
        this.life = life;
    }

    /// - `user`: null or empty for a token alone
    record Typed(@Nullable String user, @Nullable String password) {}

    /// - `name`: null where nobody is asked who they are
    /// - `canLogOut`: whether the browser keeps a cookie of ours, and not a password of its own
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LoggedIn(@Nullable String name, String role, boolean canLogOut) {

        static LoggedIn as(Caller caller, boolean canLogOut) {
            return new LoggedIn(caller.name(), caller.role().word(), canLogOut);
        }
    }

    /// - `oidc`: whether there is an issuer to log in at ([OidcResource])
    record Ways(boolean oidc) {}

    /// How one can log in.
    @GET
    @Path("/ways")
    public Ways ways() {
        return new Ways(access.issuer().isPresent());
    }

    /// Who asks, and what they may.
    @GET
    public LoggedIn who(HttpServerRequest request) {
        boolean canLogOut = access.isByLogin(request);
        return access.callerOf(request)
                .map(caller -> LoggedIn.as(caller, canLogOut))
                .orElseGet(() -> new LoggedIn(null, Role.ADMIN.word(), false));
    }

    /// 200 with the cookie; 401 for wrong words, 429 after too many of them.
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response logIn(@Nullable Typed typed, HttpServerRequest request) {
        String user = typed == null || typed.user() == null ? "" : typed.user().strip();
        String password = typed == null || typed.password() == null ? "" : typed.password();
        requireShort("user", user);
        requireShort("password", password);
        var login = access.logIn(user, password, request, life.duration());
        if (login.isTooMany()) {
            throw ProblemException.tooMany("Too many wrong passwords came from this address: wait a few seconds");
        }
        return login.caller()
                .map(caller -> Response.ok(LoggedIn.as(caller, true))
                        .header(HttpHeaders.SET_COOKIE, login.cookie())
                        .build())
                .orElseThrow(() -> ProblemException.unauthorized("User or password is wrong"));
    }

    /// 204; the cookie counts no more.
    @DELETE
    public Response logOut(HttpServerRequest request) {
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, access.logOut(request))
                .build();
    }

    private static void requireShort(String field, String text) {
        if (text.length() > BasicAccess.MAX_CHARACTERS) {
            throw ProblemException.badRequest(field, "at most " + BasicAccess.MAX_CHARACTERS + " characters");
        }
    }
}
