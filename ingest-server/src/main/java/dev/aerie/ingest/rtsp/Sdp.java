package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.rtp.H264Packetizer;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalUnit;
import dev.aerie.video.Sps;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Session descriptions (RFC 8866) of H.264 video (RFC 6184, 8.2): those we answer DESCRIBE with, and those that
/// publishers ANNOUNCE.
final class Sdp {

    private static final int MAX_MEDIA = 8;
    private static final Pattern RTPMAP =
            Pattern.compile("a=rtpmap:(\\d{1,3}) +H264/90000.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SPROP = Pattern.compile(".*sprop-parameter-sets *= *([A-Za-z0-9+/=,]+).*");

    private Sdp() {}

    /// One `m=` section of a publisher's description.
    ///
    /// - `control`: the end of its SETUP URI, or the whole; may be empty
    /// - `h264PayloadType`: its RTP payload type; -1 if it is something else than H.264
    /// - `parameterSets`: SPS and PPS as Annex-B, read-only; empty if it gives none
    record Media(String control, int h264PayloadType, ByteBuffer parameterSets) {

        boolean isH264() {
            return h264PayloadType >= 0;
        }
    }

    /// Describes a stream by an IDR frame of it, which carries its SPS and PPS.
    static String describe(String stream, AccessUnit idr, String host) {
        var sets = new ArrayList<String>();
        String profileLevelId = "";
        for (NalUnit nal : idr.nalUnits()) {
            if (nal.type() == NalUnit.SPS || nal.type() == NalUnit.PPS) {
                sets.add(base64(nal));
            }
            if (nal.type() == NalUnit.SPS && nal.sizeBytes() > 3) {
                profileLevelId = String.format(Locale.ROOT, "%06X", nal.bytes().getInt(0) & 0xffffff);
            }
        }
        String family = host.indexOf(':') >= 0 ? "IP6" : "IP4";
        var lines = new ArrayList<String>();
        lines.add("v=0");
        lines.add("o=- 0 0 IN " + family + " " + host);
        lines.add("s=" + stream);
        lines.add("c=IN " + family + (family.equals("IP6") ? " ::" : " 0.0.0.0"));
        lines.add("t=0 0");
        lines.add("a=control:*");
        lines.add("m=video 0 RTP/AVP " + H264Packetizer.PAYLOAD_TYPE);
        lines.add("a=rtpmap:" + H264Packetizer.PAYLOAD_TYPE + " H264/90000");
        lines.add("a=fmtp:" + H264Packetizer.PAYLOAD_TYPE + " packetization-mode=1;profile-level-id=" + profileLevelId
                + ";sprop-parameter-sets=" + String.join(",", sets));
        Sps.in(idr).flatMap(Sdp::frameRate).ifPresent(lines::add);
        lines.add("a=control:trackID=0");
        return String.join("\r\n", lines) + "\r\n";
    }

    /// The media of a publisher's description, at most 8.
    static List<Media> parse(String text) throws RefusedException {
        var sections = new ArrayList<List<String>>();
        for (String line : text.split("\r?\n", -1)) {
            if (line.startsWith("m=")) {
                sections.add(new ArrayList<>());
            }
            if (!sections.isEmpty()) {
                sections.getLast().add(line.strip());
            }
        }
        if (sections.size() > MAX_MEDIA) {
            throw new RefusedException(400, "the description has more than " + MAX_MEDIA + " media");
        }
        return sections.stream().map(Sdp::media).toList();
    }

    private static Media media(List<String> lines) {
        String control = "";
        int payloadType = -1;
        var sets = new ByteArrayOutputStream();
        for (String line : lines) {
            Matcher rtpmap = RTPMAP.matcher(line);
            Matcher sprop = SPROP.matcher(line);
            if (line.startsWith("a=control:")) {
                control = line.substring("a=control:".length()).strip();
            } else if (rtpmap.matches() && lines.getFirst().startsWith("m=video")) {
                payloadType = Integer.parseInt(rtpmap.group(1));
            } else if (line.startsWith("a=fmtp:") && sprop.matches()) {
                for (String set : sprop.group(1).split(",", -1)) {
                    appendSet(set, sets);
                }
            }
        }
        return new Media(
                control, payloadType, ByteBuffer.wrap(sets.toByteArray()).asReadOnlyBuffer());
    }

    /// Some cameras end the list in a comma or garble it: what is no Base64 is left out, the sets may come in band.
    private static void appendSet(String base64, ByteArrayOutputStream annexB) {
        try {
            byte[] nal = Base64.getDecoder().decode(base64);
            if (nal.length > 1) {
                annexB.writeBytes(new byte[] {0, 0, 0, 1});
                annexB.writeBytes(nal);
            }
        } catch (IllegalArgumentException _) {
            // Not Base64.
        }
    }

    private static String base64(NalUnit nal) {
        var bytes = new byte[nal.sizeBytes()];
        nal.bytes().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Optional<String> frameRate(Sps sps) {
        return sps.framesPerSecond().isPresent()
                ? Optional.of(String.format(
                        Locale.ROOT, "a=framerate:%.3f", sps.framesPerSecond().getAsDouble()))
                : Optional.empty();
    }
}
