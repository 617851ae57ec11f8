package dev.aerie.rtsp.sdp;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.H265Sps;
import dev.aerie.video.NalKind;
import dev.aerie.video.NalUnit;
import dev.aerie.video.ProfileTierLevel;
import dev.aerie.video.Sps;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Describes video for the answer to DESCRIBE.
public final class SdpWriter {

    /// Dynamic payload type of all our video.
    public static final int PAYLOAD_TYPE = 96;

    private SdpWriter() {}

    /// Describes a stream by an IDR frame of it, which carries its parameter sets.
    public static String describe(String stream, AccessUnit idr, String host) {
        String family = host.indexOf(':') >= 0 ? "IP6" : "IP4";
        var lines = new ArrayList<String>();
        lines.add("v=0");
        lines.add("o=- 0 0 IN " + family + " " + host);
        lines.add("s=" + stream);
        lines.add("c=IN " + family + (family.equals("IP6") ? " ::" : " 0.0.0.0"));
        lines.add("t=0 0");
        lines.add("a=control:*");
        lines.add("m=video 0 RTP/AVP " + PAYLOAD_TYPE);
        lines.add("a=rtpmap:" + PAYLOAD_TYPE + " " + idr.codec().rtpEncoding() + "/90000");
        lines.add("a=fmtp:" + PAYLOAD_TYPE + " "
                + switch (idr.codec()) {
                    case H264 -> h264(idr);
                    case H265 -> h265(idr);
                });
        Sps.in(idr).flatMap(SdpWriter::frameRate).ifPresent(lines::add);
        lines.add("a=control:trackID=0");
        return String.join("\r\n", lines) + "\r\n";
    }

    /// RFC 6184, 8.1.
    private static String h264(AccessUnit idr) {
        String profileLevelId = "";
        for (NalUnit nal : idr.nalUnits()) {
            if (nal.kind() == NalKind.SPS && nal.sizeBytes() > 3) {
                profileLevelId = String.format(Locale.ROOT, "%06X", nal.bytes().getInt(0) & 0xffffff);
            }
        }
        return "packetization-mode=1;profile-level-id=" + profileLevelId + ";sprop-parameter-sets="
                + sets(idr, NalKind.SPS, NalKind.PPS);
    }

    /// RFC 7798, 7.1.
    private static String h265(AccessUnit idr) {
        String profile = Sps.in(idr)
                .map(sps -> sps instanceof H265Sps known ? h265(known.profile()) : "")
                .orElse("");
        return profile + "sprop-vps=" + sets(idr, NalKind.VPS) + ";sprop-sps=" + sets(idr, NalKind.SPS) + ";sprop-pps="
                + sets(idr, NalKind.PPS);
    }

    private static String h265(ProfileTierLevel profile) {
        return "profile-space=" + profile.profileSpace() + ";profile-id=" + profile.profileIdc() + ";tier-flag="
                + (profile.isHighTier() ? 1 : 0) + ";level-id=" + profile.levelIdc() + ";";
    }

    private static String sets(AccessUnit idr, NalKind... kinds) {
        return idr.nalUnits().stream()
                .filter(nal -> List.of(kinds).contains(nal.kind()))
                .map(SdpWriter::base64)
                .collect(Collectors.joining(","));
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
