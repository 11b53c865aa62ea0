#!/usr/bin/env python3
"""Makes charsets.json: header text in every Specific Character Set as bytes (hex), and what pydicom reads from it
(what Python encoded, where pydicom says otherwise).

Needs pydicom. Run in this folder: python3 make_charsets.py [FOLDER of DICOM files to add]
"""
import json, sys, glob, os
import pydicom, warnings
from pydicom.charset import convert_encodings, decode_bytes
from pydicom.valuerep import PersonName, TEXT_VR_DELIMS

warnings.simplefilter("ignore")
rows = []


def add(name, sets, kind, raw, expect=None, agrees=True):
    encodings = convert_encodings(sets if len(sets) > 1 else (sets[0] if sets else ""))
    if kind == "PN":
        text = str(PersonName(raw, encodings).decode(encodings))
    else:
        text = decode_bytes(raw, encodings, TEXT_VR_DELIMS | (set() if kind == "LT" else {0x5C}))
    if not agrees:  # pydicom 2.3 parts values at bytes inside of characters; the text is what was encoded
        text = expect
    elif expect is not None:
        assert text == expect, (name, text, expect)
    rows.append(dict(name=name, sets=sets, kind=kind, hex=raw.hex(), text=text))


single = {"100": ("latin-1", "Jérôme Ärger ñ"), "101": ("iso8859-2", "Łódź Żółć"), "109": ("iso8859-3", "Ĝis ĵaŭdo"),
          "110": ("iso8859-4", "Āboliņš"), "144": ("iso8859-5", "Люкceмбypг"), "127": ("iso8859-6", "قباني"),
          "126": ("iso8859-7", "Διονυσιος"), "138": ("iso8859-8", "שרון"), "148": ("iso8859-9", "Çavuşoğlu"),
          "166": ("iso8859-11", "นามสกุล"), "13": ("shift_jis", "ﾔﾏﾀﾞ")}
for number, (codec, text) in single.items():
    add(f"ISO_IR {number}", [f"ISO_IR {number}"], "PN", text.encode(codec), text)
    add(f"ISO 2022 IR {number} alone", [f"ISO 2022 IR {number}"], "LO", text.encode(codec), text)
add("UTF-8", ["ISO_IR 192"], "PN", "Wang^XiaoDong=王^小東".encode(), "Wang^XiaoDong=王^小東")
add("GB18030", ["GB18030"], "PN", "Wang^XiaoDong=王^小东".encode("gb18030"), "Wang^XiaoDong=王^小东")
add("GB18030, a second byte that is a backslash", ["GB18030"], "LT", "誠 \\ 乗".encode("gb18030"), "誠 \\ 乗")
add("GBK", ["GBK"], "PN", "Wang^XiaoDong=王^小东".encode("gbk"), "Wang^XiaoDong=王^小东")
B, J, K, S = b"\x1b(B", b"\x1b(J", b"\x1b$B", b"\x1b$(D"
jis = lambda text: bytes(b & 0x7F for b in text.encode("euc_jp"))
add("PS3.5 H.3.1", ["", "ISO 2022 IR 87"], "PN",
    b"Yamada^Tarou=" + K + jis("山田") + B + b"^" + K + jis("太郎") + B + b"=" + K + jis("やまだ") + B + b"^" + K +
    jis("たろう") + B, "Yamada^Tarou=山田^太郎=やまだ^たろう")
add("PS3.5 H.3.2", ["ISO 2022 IR 13", "ISO 2022 IR 87"], "PN",
    "ﾔﾏﾀﾞ^ﾀﾛｳ=".encode("shift_jis") + K + jis("山田") + J + b"^" + K + jis("太郎") + J + b"=" + K + jis("やまだ") + J +
    b"^" + K + jis("たろう") + J, "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう")
# Characters whose two bytes are those of delimiters (^ 5E, = 3D, \ 5C).
for text in ("充十", "柔章", "兌渋", "漬臓"):
    add("kanji with bytes of delimiters " + text, ["", "ISO 2022 IR 87"], "PN", K + jis(text) + B + b"^X", text + "^X",
        agrees=False)
supplement = "丂侄"
raw = b"".join(bytes(b & 0x7F for b in c.encode("euc_jp")[1:]) for c in supplement)
add("JIS X 0212", ["", "ISO 2022 IR 87", "ISO 2022 IR 159"], "PN", b"A^" + K + jis("山") + S + raw + B + b"^B",
    "A^山" + supplement + "^B")
add("katakana with kanji in a list", ["ISO 2022 IR 13", "ISO 2022 IR 87"], "LO",
    "ｶﾀ".encode("shift_jis") + b"\\" + K + jis("検査") + J + b" 1", None)
C = b"\x1b$)C"
add("PS3.5 I.2", ["", "ISO 2022 IR 149"], "PN",
    b"Hong^Gildong=" + C + "洪".encode("euc_kr") + b"^" + C + "吉洞".encode("euc_kr") + b"=" + C +
    "홍".encode("euc_kr") + b"^" + C + "길동".encode("euc_kr"), "Hong^Gildong=洪^吉洞=홍^길동")
add("PS3.5 I.3", ["", "ISO 2022 IR 149"], "LT",
    C + b"The 1st line includes " + "길동".encode("euc_kr") + b".\r\n" + C + b"2nd " + "길동".encode("euc_kr") + b".",
    "The 1st line includes 길동.\r\n2nd 길동.", agrees=False)
G = b"\x1b$)A"
add("PS3.5 K.2", ["", "ISO 2022 IR 58"], "PN",
    b"Zhang^XiaoDong=" + G + "张".encode("gb2312") + b"^" + G + "小东".encode("gb2312") + b"=", "Zhang^XiaoDong=张^小东",
    agrees=False)
add("PS3.5 K.3", ["", "ISO 2022 IR 58"], "LT",
    b"1. first line\r\n2. " + G + "第二行文字".encode("gb2312") + b"\r\n3. third line",
    "1. first line\r\n2. 第二行文字\r\n3. third line", agrees=False)
add("three sets in one value", ["ISO 2022 IR 100", "ISO 2022 IR 144", "ISO 2022 IR 126"], "PN",
    "Dionysios".encode() + b"^\xe9" + b"=" + b"\x1b-L" + "Люк".encode("iso8859-5") + b"^\x1b-F" +
    "Διο".encode("iso8859-7"), "Dionysios^é=Люк^Διο")
add("a set ends at ^", ["ISO 2022 IR 100", "ISO 2022 IR 144"], "PN",
    b"\x1b-L" + "Люк".encode("iso8859-5") + b"^" + "é".encode("latin-1"), "Люк^é")
add("a set ends at a backslash", ["ISO 2022 IR 100", "ISO 2022 IR 144"], "LO",
    b"\x1b-L" + "Люк".encode("iso8859-5") + b"\\" + "é".encode("latin-1"), "Люк\\é")

for folder in sys.argv[1:]:
    for path in sorted(glob.glob(os.path.join(folder, "*.dcm"))):
        d = pydicom.dcmread(path)
        sets = d.get("SpecificCharacterSet", "")
        sets = [sets] if isinstance(sets, str) else [str(s) for s in sets]
        for item in [d] + [i for i in d.get("RequestedProcedureCodeSequence", [])]:
            if item is not d and "SpecificCharacterSet" in item:
                continue
            for e in item:
                if e.VR != "PN" or not str(e.value) or not hasattr(e.value, "original_string"):
                    continue
                raw = e.value.original_string
                rows.append(dict(name=os.path.basename(path) + " " + e.keyword, sets=sets, kind="PN", hex=raw.hex(),
                                 text=str(e.value)))

with open("charsets.json", "w") as out:
    out.write("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n]\n")
print(len(rows), "texts")
