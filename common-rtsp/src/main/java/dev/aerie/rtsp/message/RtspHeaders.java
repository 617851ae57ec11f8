package dev.aerie.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The headers of a message in order; names are compared without regard to case, and may occur several times.
public record RtspHeaders(List<Header> all) {

    public static final RtspHeaders NONE = new RtspHeaders(List.of());

    /// One line, without its end.
    public record Header(String name, String value) {}

    public RtspHeaders {
        all = List.copyOf(all);
    }

    /// Reads lines behind the first line of a message; those without a colon are skipped.
    static RtspHeaders parse(List<String> lines) {
        var headers = new ArrayList<Header>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(new Header(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip()));
            }
        }
        return new RtspHeaders(headers);
    }

    /// These headers and one more behind them; line ends in `value` become spaces.
    public RtspHeaders with(String name, String value) {
        var more = new ArrayList<>(all);
        more.add(new Header(name, value.replace('\r', ' ').replace('\n', ' ')));
        return new RtspHeaders(more);
    }

    /// The first header of this name.
    public Optional<String> first(String name) {
        return values(name).stream().findFirst();
    }

    /// All headers of this name.
    public List<String> values(String name) {
        return all.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }
}
