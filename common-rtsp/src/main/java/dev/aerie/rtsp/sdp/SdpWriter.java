package dev.aerie.rtsp.sdp;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalUnit;
import dev.aerie.video.Sps;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// Describes H.264 video for the answer to DESCRIBE.
public final class SdpWriter {

    /// Dynamic payload type of all our video.
    public static final int PAYLOAD_TYPE = 96;

    private SdpWriter() {}

    /// Describes a stream by an IDR frame of it, which carries its SPS and PPS.
    public static String describe(String stream, AccessUnit idr, String host) {
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
        lines.add("m=video 0 RTP/AVP " + PAYLOAD_TYPE);
        lines.add("a=rtpmap:" + PAYLOAD_TYPE + " H264/90000");
        lines.add("a=fmtp:" + PAYLOAD_TYPE + " packetization-mode=1;profile-level-id=" + profileLevelId
                + ";sprop-parameter-sets=" + String.join(",", sets));
        Sps.in(idr).flatMap(SdpWriter::frameRate).ifPresent(lines::add);
        lines.add("a=control:trackID=0");
        return String.join("\r\n", lines) + "\r\n";
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
