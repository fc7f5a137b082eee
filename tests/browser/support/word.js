// Files that people bring, made here: small Word files, with tracked changes and comments, and zips.

/** A zip of files by name, stored as they are. */
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const [title, bytes] = [Buffer.from(name), Buffer.from(content)];
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc(bytes), 10);
    facts.writeUInt32LE(bytes.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(title.length, 22);
    parts.push(Buffer.from("PK\u0003\u0004"), facts, title, bytes);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\u0001\u0002\u0014\u0000"), facts, place, title);
    offset += 30 + title.length + bytes.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, Buffer.from("PK\u0005\u0006"), end]);
}

function crc(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

const WHO = 'w:author="Priya Nair" w:date="2026-01-05T10:04:00Z"';

const run = (text) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;

export const word = {
  line: (inside) => `<w:p>${inside.startsWith("<") ? inside : run(inside)}</w:p>`,
  heading: (text) => `<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>${run(text)}</w:p>`,
  run,
  added: (text) => `<w:ins ${WHO}>${run(text)}</w:ins>`,
  deleted: (text) => `<w:del ${WHO}><w:r><w:delText xml:space="preserve">${text}</w:delText></w:r></w:del>`,
  commented: (text) =>
    `<w:commentRangeStart w:id="0"/>${run(text)}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`,
};

/** A Word file of these paragraphs, and of one comment where there is one. */
export function docx(paragraphs, comment) {
  const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const related = (id, kind, target) => `<Relationship Id="${id}" Type="${relations}/${kind}" Target="${target}"/>`;
  const list = (inside) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;
  const said = comment ? `<w:comment w:id="0" ${WHO}>${word.line(comment)}</w:comment>` : "";
  return zip({
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": list(related("m", "officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": list(related("c", "comments", "comments.xml")),
    "word/document.xml": `<w:document ${space}><w:body>${paragraphs.join("")}</w:body></w:document>`,
    "word/comments.xml": `<w:comments ${space}>${said}</w:comments>`,
  });
}
