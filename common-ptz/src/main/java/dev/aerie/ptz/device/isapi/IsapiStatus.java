package dev.aerie.ptz.device.isapi;

import dev.aerie.ptz.isapi.IsapiXml;
import dev.aerie.ptz.xml.XmlElement;
import java.io.Serial;

/// A request that the device does not carry out, as ISAPI's `ResponseStatus` says it.
final class IsapiStatus extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int OK = 1;
    private static final int INVALID_OPERATION = 4;
    private static final int INVALID_FORMAT = 5;
    private static final int INVALID_CONTENT = 6;

    private final int httpStatus;
    private final int code;
    private final String subCode;

    private IsapiStatus(int httpStatus, int code, String text, String subCode) {
        super(text);
        this.httpStatus = httpStatus;
        this.code = code;
        this.subCode = subCode;
    }

    static IsapiStatus notSupported() {
        return new IsapiStatus(403, INVALID_OPERATION, "Invalid Operation", "notSupport");
    }

    static IsapiStatus unauthorized() {
        return new IsapiStatus(401, INVALID_OPERATION, "Invalid Operation", "badAuthorization");
    }

    static IsapiStatus wrongMethod() {
        return new IsapiStatus(405, INVALID_OPERATION, "Invalid Operation", "methodNotAllowed");
    }

    static IsapiStatus noXml() {
        return new IsapiStatus(400, INVALID_FORMAT, "Invalid XML Format", "badXmlFormat");
    }

    static IsapiStatus wrongContent() {
        return new IsapiStatus(400, INVALID_CONTENT, "Invalid XML Content", "badXmlContent");
    }

    int httpStatus() {
        return httpStatus;
    }

    XmlElement document(String url) {
        return document(url, code, String.valueOf(getMessage()), subCode);
    }

    /// What a device says that has done as it was asked.
    static XmlElement done(String url) {
        return document(url, OK, "OK", "ok");
    }

    private static XmlElement document(String url, int code, String text, String subCode) {
        return IsapiXml.element(
                "ResponseStatus",
                IsapiXml.text("requestURL", url),
                IsapiXml.whole("statusCode", code),
                IsapiXml.text("statusString", text),
                IsapiXml.text("subStatusCode", subCode));
    }
}
