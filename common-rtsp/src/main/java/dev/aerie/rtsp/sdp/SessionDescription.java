package dev.aerie.rtsp.sdp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A session description as a server gives it to DESCRIBE or a publisher to ANNOUNCE.
///
/// - `control`: the URL of the session as a whole, absolute or relative; empty without one
public record SessionDescription(String control, List<MediaDescription> media) {

    private static final int MAX_MEDIA = 8;

    /// Throws [IOException] if it has more than 8 media.
    public static SessionDescription parse(String text) throws IOException {
        var sections = new ArrayList<List<String>>();
        sections.add(new ArrayList<>());
        for (String line : text.split("\r?\n", -1)) {
            if (line.startsWith("m=")) {
                sections.add(new ArrayList<>());
            }
            sections.getLast().add(line.strip());
        }
        if (sections.size() - 1 > MAX_MEDIA) {
            throw new IOException("the description has more than " + MAX_MEDIA + " media");
        }
        var media = sections.subList(1, sections.size()).stream()
                .map(MediaDescription::parse)
                .toList();
        return new SessionDescription(MediaDescription.control(sections.getFirst()), media);
    }

    /// The first video that can be read, of H.264 or H.265; throws [IOException] with the reason where there is none.
    public MediaDescription video() throws IOException {
        for (MediaDescription candidate : media) {
            if (candidate.codec().isPresent()) {
                if (candidate.interleaved()) {
                    throw new IOException("the video's packets carry decoding order numbers (DONL, RFC 7798, 4.5),"
                            + " which are not read: want sprop-max-don-diff=0");
                }
                return candidate;
            }
        }
        for (MediaDescription candidate : media) {
            if (candidate.isVideo()) {
                String found = candidate.encoding().isEmpty() ? "unknown" : candidate.encoding();
                throw new IOException("video is " + found + ", want H264 or H265");
            }
        }
        throw new IOException("no video in the session description");
    }
}
