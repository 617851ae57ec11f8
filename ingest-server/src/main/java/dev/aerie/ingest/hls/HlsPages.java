package dev.aerie.ingest.hls;

import dev.aerie.limits.ByteBudget;
import dev.aerie.service.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `GET /hls/{stream}/index.m3u8`, `/hls/{stream}/overlay/index.m3u8`, and what they name. Nothing blocks the event
/// loop: a request for what is not there yet is answered by the publisher's next frames.
final class HlsPages {

    private static final String PLAYLIST = "index.m3u8";
    private static final String FILE = "file";
    private static final String OVERLAY = "/overlay";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
    private static final Duration MAX_WAIT = Duration.ofSeconds(8);
    private static final long LOOK_MILLIS = 100;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final HlsStreams streams;
    private final Function<String, Optional<String>> refusal;
    private final Predicate<String> mayCome;
    private final Vertx vertx;
    private final ByteBudget sending;

    /// - `refusal`: why a live stream cannot be seen, a sentence; empty where it can, or where none is live
    /// - `sending`: bytes of all answers under way, as players may be slow to read them
    /// - `mayCome`: whether a stream that is not there is worth waiting for
    HlsPages(
            HlsStreams streams,
            Function<String, Optional<String>> refusal,
            Predicate<String> mayCome,
            Vertx vertx,
            ByteBudget sending) {
        this.mayCome = mayCome;
        this.streams = streams;
        this.refusal = refusal;
        this.vertx = vertx;
        this.sending = sending;
    }

    void addTo(Router router) {
        router.get("/hls/:stream/:" + FILE)
                .handler(context -> answer(context, context.pathParam("stream"), System.nanoTime()));
        router.get("/hls/:stream" + OVERLAY + "/:" + FILE)
                .handler(context -> answer(context, context.pathParam("stream") + OVERLAY, System.nanoTime()));
    }

    /// A stream that may come because it is asked for is looked for again and again.
    private void answer(RoutingContext context, String name, long begunNanos) {
        Optional<HlsStream> stream = streams.find(name, System.nanoTime());
        String file = context.pathParam(FILE);
        Optional<HlsFile> asked = HlsFile.of(file);
        if (stream.isEmpty() && System.nanoTime() - begunNanos < MAX_WAIT.toNanos() && mayCome.test(name)) {
            long _ = vertx.setTimer(LOOK_MILLIS, _ -> answer(context, name, begunNanos));
        } else if (stream.isEmpty()) {
            refusal.apply(name)
                    .ifPresentOrElse(
                            reason -> refuse(context, UNAVAILABLE, reason),
                            () -> refuse(context, NOT_FOUND, "no live stream has this name"));
        } else if (file.equals(PLAYLIST)) {
            playlist(context, stream.get());
        } else if (asked.isEmpty()) {
            refuse(context, NOT_FOUND, "no such file: the playlist is " + PLAYLIST);
        } else {
            media(context, stream.get(), asked.get());
        }
    }

    private void playlist(RoutingContext context, HlsStream stream) {
        @Nullable String segment = context.request().getParam("_HLS_msn");
        @Nullable String part = context.request().getParam("_HLS_part");
        if (!isNumber(segment) || !isNumber(part) || (segment == null && part != null)) {
            refuse(context, BAD_REQUEST, "_HLS_msn and _HLS_part must be numbers, the second one not alone");
            return;
        }
        CompletableFuture<Boolean> there = segment != null
                ? stream.await(
                        Long.parseLong(segment),
                        part == null ? -1 : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(part)),
                        System.nanoTime())
                : stream.awaitFirst(System.nanoTime());
        then(context, there, () -> {
            Optional<String> text = stream.playlist();
            if (text.isEmpty()) {
                refuse(context, UNAVAILABLE, "no frame that a decoder may begin with has arrived yet");
            } else {
                send(context, "application/vnd.apple.mpegurl", "no-cache", Buffer.buffer(text.get()));
            }
        });
    }

    private void media(RoutingContext context, HlsStream stream, HlsFile file) {
        CompletableFuture<Boolean> there = file instanceof HlsFile.Part(long segment, int index)
                ? stream.await(segment, index, System.nanoTime())
                : CompletableFuture.completedFuture(true);
        then(
                context,
                there,
                () -> stream.bytes(file)
                        .ifPresentOrElse(
                                bytes -> send(context, "video/mp4", "max-age=30", Buffer.buffer(bytes)),
                                () -> refuse(context, NOT_FOUND, "not there, or not any more")));
    }

    /// On the request's own event loop, whoever completes it.
    private void then(RoutingContext context, CompletableFuture<Boolean> there, Runnable answer) {
        Future.fromCompletionStage(there, vertx.getOrCreateContext()).onSuccess(isThere -> {
            if (context.response().ended() || context.response().closed()) {
                return;
            }
            if (isThere) {
                answer.run();
            } else {
                refuse(context, UNAVAILABLE, "it did not come in time");
            }
        });
    }

    private static boolean isNumber(@Nullable String text) {
        return text == null || NUMBER.matcher(text).matches();
    }

    private void send(RoutingContext context, String type, String caching, Buffer body) {
        if (!sending.take(body.length())) {
            refuse(context, UNAVAILABLE, "too much is on its way to players that are slow to read it");
            return;
        }
        context.addEndHandler(_ -> sending.give(body.length()));
        var _ = context.response()
                .setStatusCode(OK)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", caching)
                .end(body);
    }

    private static void refuse(RoutingContext context, int status, String detail) {
        Problem.answer(context.response(), status, detail);
    }
}
