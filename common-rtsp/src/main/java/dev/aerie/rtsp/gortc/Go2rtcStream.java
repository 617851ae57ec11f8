package dev.aerie.rtsp.gortc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A stream as go2rtc 1.9 lists it.
///
/// - `producerUrls`: the sources of the stream
/// - `ready`: a producer is connected: it has `medias` or `receivers`; an idle one is a URL and nothing else
/// - `consumers`: `null` in its JSON before the first one
public record Go2rtcStream(List<String> producerUrls, boolean ready, int consumers) {

    public Go2rtcStream {
        producerUrls = List.copyOf(producerUrls);
    }

    static Go2rtcStream of(JsonNode json) {
        var urls = new ArrayList<String>();
        boolean ready = false;
        for (JsonNode producer : json.path("producers")) {
            urls.add(producer.path("url").asText());
            ready |= !producer.path("medias").isEmpty()
                    || !producer.path("receivers").isEmpty();
        }
        return new Go2rtcStream(urls, ready, json.path("consumers").size());
    }
}
