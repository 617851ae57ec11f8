package dev.aerie.service.direct;

import dev.aerie.rtsp.RelayAddress;
import dev.aerie.rtsp.gortc.Go2rtc;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The RTSP server of a go2rtc, from which streams are read that are configured there.
///
/// - `rtspUrl`: where it is; empty for the port that go2rtc tells of, at the host of its API
/// - `reader`: who we are to it: user and password alone are used
public record Go2rtcRtsp(URI api, Optional<String> rtspUrl, RelayAddress reader) {

    private static final Logger LOG = LoggerFactory.getLogger(Go2rtcRtsp.class);
    private static final int DEFAULT_PORT = 8554;

    static Go2rtcRtsp of(String api, Optional<String> rtspUrl, RelayAddress reader) {
        return new Go2rtcRtsp(URI.create(api), rtspUrl, reader);
    }

    /// The address of a stream, to be called for each connection anew; never to be logged.
    String urlOf(String stream) {
        if (rtspUrl.isPresent()) {
            return rtspUrl.get().replaceAll("/+$", "") + "/" + stream;
        }
        return new RelayAddress(String.valueOf(api.getHost()), port(), reader.user(), reader.password()).urlOf(stream);
    }

    private int port() {
        try (var go2rtc = new Go2rtc(api)) {
            return go2rtc.rtspPort().orElse(DEFAULT_PORT);
        } catch (IOException e) {
            LOG.warn("go2rtc does not answer host={} cause={} port={}", api.getHost(), e.getMessage(), DEFAULT_PORT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return DEFAULT_PORT;
    }
}
