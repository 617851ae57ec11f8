package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.video.AccessUnit;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Waits for a stream's IDR frame: the cached one, or the first to come.
final class IdrWaiter implements RelayReader {

    private final Promise<Optional<AccessUnit>> found;

    private IdrWaiter(Promise<Optional<AccessUnit>> found) {
        this.found = found;
    }

    /// Calls `then` once on `loop`: with an IDR frame, or with nothing after `patience` or when the stream ends.
    /// Whoever loses interest sets the returned promise to nothing.
    static Promise<Optional<AccessUnit>> await(
            RelayStream stream, EventLoop loop, Duration patience, Consumer<Optional<AccessUnit>> then) {
        Promise<Optional<AccessUnit>> found = loop.newPromise();
        var reader = new IdrWaiter(found);
        var giveUp =
                loop.schedule(() -> found.trySuccess(Optional.empty()), patience.toMillis(), TimeUnit.MILLISECONDS);
        found.addListener(_ -> {
            giveUp.cancel(false);
            stream.unsubscribe(reader);
            // A task of its own: the publisher's thread may be this loop and hold the stream's lock just now.
            loop.execute(() -> then.accept(found.getNow()));
        });
        Optional<AccessUnit> cached = stream.cachedGroup().stream().findFirst();
        cached.ifPresentOrElse(idr -> found.trySuccess(Optional.of(idr)), () -> stream.subscribe(reader));
        return found;
    }

    @Override
    public void accept(AccessUnit unit) {
        if (unit.isIdr()) {
            found.trySuccess(Optional.of(unit));
        }
    }

    @Override
    public void ended() {
        found.trySuccess(Optional.empty());
    }
}
