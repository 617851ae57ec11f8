package dev.aerie.rtsp.gortc;

import dev.aerie.rtsp.RelayAddress;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a go2rtc is, and where its streams are read: at the RTSP address given, else at the host of its API, at the
/// port that it reports, which is 8554 where it reports none.
///
/// - `api`: `http://host:1984`
/// - `rtspUrl`: `rtsp://host:port`, perhaps with credentials; empty to find it by the API
public record Go2rtcAddress(URI api, Optional<String> rtspUrl) {

    private static final Logger LOG = LoggerFactory.getLogger(Go2rtcAddress.class);
    private static final int USUAL_PORT = 8554;

    public Go2rtcAddress {
        rtspUrl = rtspUrl.map(url -> url.replaceAll("/+$", ""));
    }

    public static Go2rtcAddress of(String api, Optional<String> rtspUrl) {
        return new Go2rtcAddress(URI.create(api), rtspUrl);
    }

    public String host() {
        return String.valueOf(api.getHost());
    }

    /// The address before `/` and the name of a stream, at the usual port where none is given: asks nobody.
    public String usualBase() {
        return rtspUrl.orElseGet(() -> at(USUAL_PORT));
    }

    /// The address before `/` and the name of a stream. Asks `go2rtc` for the port where none is given; throws
    /// [IOException] if it does not answer.
    public String base(Go2rtc go2rtc) throws IOException, InterruptedException {
        return rtspUrl.isPresent() ? rtspUrl.get() : at(port(go2rtc));
    }

    /// The address of a stream, with the user and password of `reader` where no RTSP address is given. Asks for the
    /// port at each call, which may take some seconds; one that does not answer is at the usual port. Never to be
    /// logged.
    public String urlOf(String stream, RelayAddress reader) {
        return rtspUrl.map(url -> url + "/" + stream)
                .orElseGet(
                        () -> new RelayAddress(host(), portOrUsual(), reader.user(), reader.password()).urlOf(stream));
    }

    /// Without the RTSP address, which may hold a password.
    @Override
    public String toString() {
        return api.toString();
    }

    private int portOrUsual() {
        try (var go2rtc = new Go2rtc(api)) {
            return port(go2rtc);
        } catch (IOException e) {
            LOG.warn("go2rtc does not answer host={} cause={} port={}", host(), e.getMessage(), USUAL_PORT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return USUAL_PORT;
    }

    private static int port(Go2rtc go2rtc) throws IOException, InterruptedException {
        return go2rtc.rtspPort().orElse(USUAL_PORT);
    }

    private String at(int port) {
        return new RelayAddress(host(), port, Optional.empty(), Optional.empty()).base();
    }
}
