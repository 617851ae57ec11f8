package dev.aerie.ptz.http;

import dev.aerie.auth.AuthChallenge;
import dev.aerie.auth.Credentials;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// HTTP with one camera: answers Digest challenges (SHA-256, MD5) and asks ahead of them once it knows one; Basic only
/// over TLS, for it carries the password. Follows no redirection, which would carry credentials elsewhere.
///
/// Used by one thread; owns its client's threads until [#close].
public final class CameraHttp implements AutoCloseable {

    private static final int MAX_ANSWER_BYTES = 1 << 20;
    private static final int UNAUTHORIZED = 401;
    private static final int NONCE_BYTES = 16;

    private final CameraEndpoint camera;
    private final HttpClient client;
    private final SecureRandom random = new SecureRandom();
    private Optional<AuthChallenge> challenge = Optional.empty();

    public CameraHttp(CameraEndpoint camera) {
        this.camera = camera;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(camera.timeout())
                .build();
    }

    /// Sends a request; answers the challenge of a camera that asks for HTTP authentication, once. A 401 that comes
    /// after that is the caller's.
    ///
    /// Throws [PtzException] with [Reason#UNREACHABLE] where no answer came in time, and [Reason#MALFORMED_ANSWER]
    /// where it is not HTTP or longer than a mebibyte.
    public HttpAnswer send(HttpCall call) throws PtzException {
        long deadlineNanos = System.nanoTime() + camera.timeout().toNanos();
        var first = once(call, deadlineNanos);
        var asked = first.statusCode() == UNAUTHORIZED ? challengeOf(first) : Optional.<AuthChallenge>empty();
        if (asked.isEmpty() || camera.credentials().isEmpty()) {
            return new HttpAnswer(first.statusCode(), asked.isPresent(), first.body());
        }
        challenge = asked;
        var second = once(call, deadlineNanos);
        boolean refused = second.statusCode() == UNAUTHORIZED;
        if (refused) {
            challenge = Optional.empty();
        }
        return new HttpAnswer(second.statusCode(), refused, second.body());
    }

    /// Stops asking ahead of a challenge, where another way of authentication is used.
    public void forgetChallenge() {
        challenge = Optional.empty();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<byte[]> once(HttpCall call, long deadlineNanos) throws PtzException {
        try {
            return attempt(call, deadlineNanos);
        } catch (IOException broken) {
            if (!call.repeatable() || broken instanceof ConnectException || broken instanceof HttpTimeoutException) {
                throw unreachable(call, broken);
            }
            return again(call, deadlineNanos);
        }
    }

    /// A connection that was kept open is often closed by the camera just as we use it.
    private HttpResponse<byte[]> again(HttpCall call, long deadlineNanos) throws PtzException {
        try {
            return attempt(call, deadlineNanos);
        } catch (IOException broken) {
            throw unreachable(call, broken);
        }
    }

    /// The client's own time-out ends with the headers, so the whole exchange is waited for here.
    private HttpResponse<byte[]> attempt(HttpCall call, long deadlineNanos) throws IOException, PtzException {
        var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES);
        var pending = client.sendAsync(request(call), handler);
        try {
            return pending.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw failed(
                    Reason.UNREACHABLE,
                    call,
                    "no answer within " + camera.timeout().toMillis() + " ms",
                    e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(Reason.UNREACHABLE, call, "interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw failed(Reason.UNREACHABLE, call, "failed", e);
        }
    }

    private HttpRequest request(HttpCall call) {
        var request = HttpRequest.newBuilder(call.uri())
                .method(
                        call.method(),
                        call.body().isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(call.body(), StandardCharsets.UTF_8));
        if (!call.contentType().isEmpty()) {
            request.header("Content-Type", call.contentType());
        }
        challenge.ifPresent(asked -> camera.credentials()
                .ifPresent(credentials -> request.header("Authorization", answer(asked, call, credentials))));
        return request.build();
    }

    private String answer(AuthChallenge asked, HttpCall call, Credentials credentials) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String path = call.uri().getRawPath().isEmpty() ? "/" : call.uri().getRawPath();
        String query = call.uri().getRawQuery() == null ? "" : "?" + call.uri().getRawQuery();
        return asked.answer(
                call.method(), path + query, credentials, HexFormat.of().formatHex(nonce));
    }

    private Optional<AuthChallenge> challengeOf(HttpResponse<byte[]> answer) {
        List<String> headers = answer.headers().allValues("WWW-Authenticate").stream()
                .filter(header ->
                        camera.isEncrypted() || !header.toLowerCase(Locale.ROOT).startsWith("basic"))
                .toList();
        return AuthChallenge.best(headers);
    }

    private PtzException unreachable(HttpCall call, IOException e) {
        if (e instanceof HttpTimeoutException) {
            String limit = camera.timeout().toMillis() + " ms";
            return failed(Reason.UNREACHABLE, call, "no connection within " + limit, e);
        }
        if (e instanceof ConnectException) {
            return failed(Reason.UNREACHABLE, call, "no connection", e);
        }
        if (e instanceof SSLException) {
            return failed(Reason.UNREACHABLE, call, "TLS failed: " + e.getMessage(), e);
        }
        return isNotHttp(e)
                ? failed(Reason.MALFORMED_ANSWER, call, "its answer is no HTTP, or too long", e)
                : failed(Reason.UNREACHABLE, call, "the connection broke", e);
    }

    private static boolean isNotHttp(IOException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof ProtocolException
                        || String.valueOf(cause.getMessage()).contains("exceeds"));
    }

    private PtzException failed(Reason reason, HttpCall call, String why, Throwable cause) {
        return new PtzException(reason, "camera " + camera.name() + ": " + call.title() + ": " + why, cause);
    }
}
