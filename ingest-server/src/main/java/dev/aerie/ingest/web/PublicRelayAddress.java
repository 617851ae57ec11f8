package dev.aerie.ingest.web;

import java.util.function.Supplier;

/// Where consumers find the relayed streams.
///
/// - `relay`: who serves them: `built-in` or `go2rtc`
/// - `base`: `rtsp://host:port`, without credentials; asked each time, for a free port is known only once taken
/// - `defaultStream`: the one that an address without a name means
public record PublicRelayAddress(String relay, Supplier<String> base, String defaultStream) {

    public String urlOf(String stream) {
        return base.get() + "/" + stream;
    }

    public String urlOfDefault() {
        return urlOf(defaultStream);
    }
}
