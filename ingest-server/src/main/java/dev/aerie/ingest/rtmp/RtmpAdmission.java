package dev.aerie.ingest.rtmp;

import dev.aerie.ingest.rtsp.RtspAccess;
import dev.aerie.limits.Guesses;
import java.net.InetAddress;

/// Decides who may publish which stream by RTMP, whose clients send their password along. Thread-safe.
final class RtmpAdmission {

    private final RtspAccess access;
    private final Guesses guesses;

    RtmpAdmission(RtspAccess access, Guesses guesses) {
        this.access = access;
        this.guesses = guesses;
    }

    /// Lets a client in; throws [RtmpRefusedException] for one that may not publish the stream. Where too many wrong
    /// credentials came from its address, they are not looked at.
    void admit(StreamKey key, InetAddress from) throws RtmpRefusedException {
        if (access.isOpenToPublishers()) {
            return;
        }
        if (!guesses.mayGuess(from)) {
            throw new RtmpRefusedException("too many wrong credentials came from this address");
        }
        boolean right = key.password()
                .filter(password -> access.mayPublish(key.stream(), key.user(), password))
                .isPresent();
        if (!right) {
            guesses.wrong(from);
            throw new RtmpRefusedException("credentials are needed: STREAM?user=NAME&password=WORDS");
        }
    }
}
