package dev.aerie.ptz.soap;

import dev.aerie.ptz.xml.XmlElement;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a device answers that does not do as it was asked (SOAP 1.2, 5.4).
public final class SoapFault extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean sender;
    private final String subcode;
    private final String detail;

    private SoapFault(boolean sender, String subcode, String detail, String reason) {
        super(reason);
        this.sender = sender;
        this.subcode = subcode;
        this.detail = detail;
    }

    /// The request is wrong.
    ///
    /// - `subcode`, `detail`: of ONVIF's error namespace, such as `InvalidArgVal` and `NoProfile`; detail empty for
    ///   none
    public static SoapFault sender(String subcode, String detail, String reason) {
        return new SoapFault(true, subcode, detail, reason);
    }

    /// The device cannot do it.
    public static SoapFault receiver(String subcode, String detail, String reason) {
        return new SoapFault(false, subcode, detail, reason);
    }

    /// The fault in a body; empty where it has none.
    static Optional<SoapFault> in(XmlElement body) {
        return body.find("Fault").map(SoapFault::of);
    }

    private static SoapFault of(XmlElement fault) {
        String code = local(fault.textAt("Code", "Value").orElse("Receiver"));
        String subcode = local(fault.textAt("Code", "Subcode", "Value").orElse(""));
        String detail =
                local(fault.textAt("Code", "Subcode", "Subcode", "Value").orElse(""));
        String reason = fault.textAt("Reason", "Text").orElse("");
        return new SoapFault(code.equals("Sender"), subcode, detail, reason);
    }

    private static String local(String qualified) {
        return qualified.substring(qualified.indexOf(':') + 1);
    }

    /// Whether one of its codes is this one.
    public boolean is(String code) {
        return subcode.equals(code) || detail.equals(code);
    }

    public boolean isNotAuthorized() {
        return is("NotAuthorized") || is("SenderNotAuthorized") || is("FailedAuthentication");
    }

    /// Its codes, for messages.
    public String codes() {
        return (subcode + " " + detail).strip();
    }

    /// 400 or 500 (SOAP 1.2, part 2, table 20).
    public int httpStatus() {
        return sender ? 400 : 500;
    }

    /// The body's element.
    public XmlElement toElement() {
        List<XmlElement> code = new ArrayList<>();
        code.add(value(sender ? "s:Sender" : "s:Receiver"));
        if (!subcode.isEmpty()) {
            var inner = XmlElement.of(OnvifNames.SOAP, "Subcode", value("ter:" + subcode));
            code.add(
                    detail.isEmpty()
                            ? inner
                            : inner.with(XmlElement.of(OnvifNames.SOAP, "Subcode", value("ter:" + detail))));
        }
        return XmlElement.of(
                OnvifNames.SOAP,
                "Fault",
                XmlElement.of(OnvifNames.SOAP, "Code").with(code),
                XmlElement.of(
                        OnvifNames.SOAP,
                        "Reason",
                        XmlElement.ofText(OnvifNames.SOAP, "Text", String.valueOf(getMessage()))
                                .withAttribute("xml:lang", "en")));
    }

    private static XmlElement value(String text) {
        return XmlElement.ofText(OnvifNames.SOAP, "Value", text);
    }
}
