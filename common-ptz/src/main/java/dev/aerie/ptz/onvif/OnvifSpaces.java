package dev.aerie.ptz.onvif;

import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The coordinate spaces that a camera offers (`tt:PTZSpaces`).
record OnvifSpaces(List<Space> all) {

    private static final PtzRange UNIT = new PtzRange(-1, 1);

    OnvifSpaces {
        all = List.copyOf(all);
    }

    /// One space.
    ///
    /// - `kind`: of move, the name of its element, such as `AbsolutePanTiltPositionSpace`
    /// - `y`: of a zoom, -1..1
    record Space(String kind, String uri, PtzRange x, PtzRange y) {}

    /// Spaces that are not written as the schema has them are left out.
    static OnvifSpaces of(XmlElement spaces) {
        var all = new ArrayList<Space>();
        for (XmlElement space : spaces.children()) {
            try {
                all.add(new Space(
                        space.name(),
                        space.textAt("URI").orElse(""),
                        range(space, "XRange"),
                        space.find("YRange").isPresent() ? range(space, "YRange") : UNIT));
            } catch (MalformedXmlException | IllegalArgumentException _) {
                // one that no move can be told in
            }
        }
        return new OnvifSpaces(all);
    }

    /// The space of this address among those of a kind.
    Optional<Space> find(String kind, String uri) {
        return all.stream()
                .filter(space -> space.kind().equals(kind) && space.uri().equals(uri))
                .findFirst();
    }

    private static PtzRange range(XmlElement space, String axis) throws MalformedXmlException {
        return new PtzRange(space.numberAt(axis, "Min"), space.numberAt(axis, "Max"));
    }
}
