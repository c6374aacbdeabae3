"""
Everything that kinerja says, in Indonesian and English, in one table keyed by code.

`MESSAGES` holds the diagnostics: their severity, their sentence and what to do.
`PHRASES` holds the words that explanations and the command line are made of.
Codes are stable: a code is never reused for something else.

K0xx reading text, K1xx the language, K2xx checks of a rubric, K3xx problems of a sheet, K4xx notes on a result,
K5xx files, ids and calls.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

__all__ = ["LANGUAGES", "MESSAGES", "PHRASES", "Language", "Message"]

Language = Literal["en", "id"]
LANGUAGES: tuple[Language, ...] = ("en", "id")


@frozen
class Message:
    """One diagnostic code: how bad it is, what it says and what to do, in each language."""

    severity: Literal["error", "warning", "information"]
    text: dict[Language, str]
    help: dict[Language, str]


def _error(en: str, id: str, help_en: str = "", help_id: str = "") -> Message:
    return Message("error", {"en": en, "id": id}, {"en": help_en, "id": help_id})


def _warning(en: str, id: str, help_en: str = "", help_id: str = "") -> Message:
    return Message("warning", {"en": en, "id": id}, {"en": help_en, "id": help_id})


def _information(en: str, id: str, help_en: str = "", help_id: str = "") -> Message:
    return Message("information", {"en": en, "id": id}, {"en": help_en, "id": help_id})


MESSAGES: dict[str, Message] = {
    # --- K00x to K04x: reading text
    "K001": _error(
        "there is nothing here",
        "berkas ini kosong",
        "Write a rubric that begins with `kinerja: 1`, or a sheet that begins with `kinerja-sheet: 1`.",
        "Tulis rubrik yang diawali `kinerja: 1`, atau lembar penilaian yang diawali `kinerja-sheet: 1`.",
    ),
    "K002": _error(
        "the text is {size} bytes long; {limit} are allowed",
        "teks ini {size} bita panjangnya; paling banyak {limit}",
    ),
    "K003": _error(
        "line {line} is not UTF-8 text",
        "baris {line} bukan teks UTF-8",
        "Save the file as UTF-8.",
        "Simpan berkas sebagai UTF-8.",
    ),
    "K004": _error(
        "the invisible or control character {character} stands here",
        "di sini ada karakter tak tampak atau karakter kendali {character}",
        "Delete it; it often comes along when text is pasted.",
        "Hapus; karakter ini sering ikut saat teks ditempel.",
    ),
    "K005": _error(
        "nested deeper than {limit} levels",
        "bersarang lebih dalam dari {limit} tingkat",
    ),
    "K006": _error(
        'the anchor "&{name}" is not allowed',
        'jangkar "&{name}" tidak boleh dipakai',
        "Write the value out; put text that begins with & in quotes.",
        "Tulis nilainya lengkap; beri tanda kutip pada teks yang diawali &.",
    ),
    "K007": _error(
        'the alias "*{name}" is not allowed',
        'alias "*{name}" tidak boleh dipakai',
        "Write the value out; put text that begins with * in quotes.",
        "Tulis nilainya lengkap; beri tanda kutip pada teks yang diawali *.",
    ),
    "K008": _error(
        'the tag "{tag}" is not allowed',
        'tag "{tag}" tidak boleh dipakai',
        "Delete it; put text that begins with ! in quotes.",
        "Hapus; beri tanda kutip pada teks yang diawali !.",
    ),
    "K009": _error(
        'the key "{key}" stands twice; the first is at {first}',
        'kunci "{key}" ada dua kali; yang pertama di {first}',
        "Delete one of them or give it another name.",
        "Hapus salah satunya atau beri nama lain.",
    ),
    "K010": _error(
        "a second document begins here",
        "di sini mulai dokumen kedua",
        "Put it in a file of its own.",
        "Tempatkan di berkas tersendiri.",
    ),
    "K011": _error(
        "a key must be text",
        "kunci harus berupa teks",
        "Put it in quotes.",
        "Beri tanda kutip.",
    ),
    "K012": _error(
        "this line is indented with a tab",
        "baris ini menjorok dengan tab",
        "Indent with blanks.",
        "Gunakan spasi untuk menjorokkan baris.",
    ),
    "K013": _error(
        "this is not readable as YAML",
        "ini tidak terbaca sebagai YAML",
        "Look at this line and the one before it: quotes, brackets and indentation.",
        "Periksa baris ini dan baris sebelumnya: tanda kutip, kurung, dan jorokan.",
    ),
    "K014": _error(
        "a quote opens here and never closes",
        "tanda kutip dibuka di sini dan tidak ditutup",
        "Close it at the end of the text; double a quote that belongs to the text.",
        "Tutup di akhir teks; gandakan tanda kutip yang termasuk teks.",
    ),
    "K015": _error(
        "a bracket opens here, and before line {line} its closing one or a comma is missing",
        "tanda kurung dibuka di sini, dan sebelum baris {line} penutupnya atau sebuah koma belum ada",
        "Put a comma between the parts, and close with the same kind of bracket.",
        "Beri koma di antara bagian-bagiannya, dan tutup dengan tanda kurung yang sejenis.",
    ),
    "K016": _error(
        "there are more than {limit} values here",
        "di sini ada lebih dari {limit} nilai",
        "Keep several rubrics or sheets in several files.",
        "Pisahkan beberapa rubrik atau lembar ke beberapa berkas.",
    ),
    "K020": _error(
        "YAML reads {text} as a list, not as a range",
        "YAML membaca {text} sebagai daftar, bukan rentang",
        'Put it in quotes: "{text}".',
        'Beri tanda kutip: "{text}".',
    ),
    "K021": _error(
        'YAML drops "{rest}" as a comment',
        'YAML membuang "{rest}" sebagai komentar',
        "Put the whole text in quotes; if it is a comment, leave two blanks before the #.",
        "Beri tanda kutip pada seluruh teks; bila memang komentar, beri dua spasi sebelum #.",
    ),
    "K022": _error(
        'a comma inside {{ }} ends the text, so "{text}" became a key of its own',
        'koma di dalam {{ }} mengakhiri teks, sehingga "{text}" menjadi kunci tersendiri',
        "Put the whole text in quotes.",
        "Beri tanda kutip pada seluruh teks.",
    ),
    "K023": _error(
        'there is no blank after the colon in "{text}"',
        'tidak ada spasi sesudah titik dua pada "{text}"',
        "Write a blank after the colon.",
        "Tulis spasi sesudah titik dua.",
    ),
    "K024": _error(
        "YAML takes the > of {text} for a sign of its own",
        "YAML mengartikan tanda > pada {text} sebagai tandanya sendiri",
        'Put it in quotes: "{text}".',
        'Beri tanda kutip: "{text}".',
    ),
    "K025": _error(
        "text may not begin with the first character of {text}",
        "teks tidak boleh diawali karakter pertama dari {text}",
        "Put it in quotes.",
        "Beri tanda kutip.",
    ),
    "K026": _error(
        'YAML takes the dash of "{text}" for a list',
        'YAML mengartikan tanda hubung pada "{text}" sebagai daftar',
        "Put it in quotes.",
        "Beri tanda kutip.",
    ),
    "K027": _error(
        'YAML takes the first character of "{text}" for an anchor or an alias',
        'YAML mengartikan karakter pertama "{text}" sebagai jangkar atau alias',
        "Put it in quotes.",
        "Beri tanda kutip.",
    ),
    "K028": _error(
        'a colon with a blank inside "{text}" makes it look like a key',
        'titik dua dan spasi di dalam "{text}" membuatnya terbaca sebagai kunci',
        "Put the whole text in quotes.",
        "Beri tanda kutip pada seluruh teks.",
    ),
    "K029": _error(
        "something follows the closing quote in {text}",
        "ada sesuatu sesudah tanda kutip penutup pada {text}",
        "Put the whole text in one pair of quotes; double a quote that belongs to the text.",
        "Beri satu pasang tanda kutip pada seluruh teks; gandakan tanda kutip yang termasuk teks.",
    ),
    # --- K10x to K12x: keys and structure
    "K101": _error(
        'there is no key "{key}" here',
        'tidak ada kunci "{key}" di sini',
        "Allowed here: {known}.",
        "Yang boleh di sini: {known}.",
    ),
    "K102": _error(
        'the key "{key}" is missing',
        'kunci "{key}" belum ada',
        "Add it.",
        "Tambahkan.",
    ),
    "K103": _error(
        "keys with values are expected here, not {found}",
        "di sini diharapkan kunci dengan nilainya, bukan {found}",
        "Write a key, a colon, a blank and the value on each line, without a dash in front.",
        "Tulis kunci, titik dua, spasi, dan nilainya pada tiap baris, tanpa tanda hubung di depan.",
    ),
    "K104": _error(
        "one text or number is expected here, not {found}",
        "di sini diharapkan satu teks atau angka, bukan {found}",
        "Text that begins with [ or {{ needs quotes.",
        "Teks yang diawali [ atau {{ perlu tanda kutip.",
    ),
    "K105": _error(
        'there is no kind of fact "{kind}"',
        'tidak ada jenis isian "{kind}"',
        "Kinds: {known}.",
        "Jenis yang ada: {known}.",
    ),
    "K106": _error(
        "nothing says how this scores",
        "tidak ada yang menyatakan cara menilainya",
        "Write one of: {ways}.",
        "Tulis salah satu: {ways}.",
    ),
    "K107": _error(
        "two ways to score stand beside each other: {ways}",
        "dua cara menilai berdampingan: {ways}",
        "Keep one.",
        "Pilih satu.",
    ),
    "K108": _error(
        '"{id}" cannot be a name here',
        '"{id}" tidak dapat menjadi nama di sini',
        "Use lower-case letters, digits and underscores, beginning with a letter.",
        "Gunakan huruf kecil, angka, dan garis bawah, diawali huruf.",
    ),
    "K109": _error(
        '"{id}" cannot be an id',
        '"{id}" tidak dapat menjadi id',
        "An id has no comma, parentheses, quotes or blanks.",
        "Id tidak memuat koma, tanda kurung, tanda kutip, atau spasi.",
    ),
    "K110": _error(
        'the id "{id}" holds the character {character}',
        'id "{id}" memuat karakter {character}',
        "Ids are made of plain ASCII characters, so that no two look alike.",
        "Id hanya memakai karakter ASCII biasa, supaya tidak ada dua yang tampak sama.",
    ),
    "K111": _error(
        '"{id}" means something of its own in conditions and formulas',
        '"{id}" sudah punya arti sendiri dalam syarat dan rumus',
        "Choose another name.",
        "Pilih nama lain.",
    ),
    "K112": _error(
        "a whole number is expected, not {text}",
        "diharapkan bilangan bulat, bukan {text}",
    ),
    "K113": _error(
        'true or false is expected, not "{text}"',
        'diharapkan true atau false, bukan "{text}"',
        "Write true for yes and false for no.",
        "Tulis true untuk ya dan false untuk tidak.",
    ),
    "K114": _error(
        '"{text}" is not a date',
        '"{text}" bukan tanggal',
        "Write year-month-day, as in 2017-04-05.",
        "Tulis tahun-bulan-hari, misalnya 2017-04-05.",
    ),
    "K115": _error(
        "a rounding needs `to` and `mode`, not {found}",
        "pembulatan memerlukan `to` dan `mode`, bukan {found}",
        "Write {{to: 1, mode: half-up}}.",
        "Tulis {{to: 1, mode: half-up}}.",
    ),
    "K116": _error(
        '"{text}" is not possible for "{key}"',
        '"{text}" tidak mungkin untuk "{key}"',
        "Possible: {known}.",
        "Yang mungkin: {known}.",
    ),
    "K117": _error(
        "the language version {version} is not known",
        "versi bahasa {version} tidak dikenal",
        "This library reads `kinerja: 1`.",
        "Pustaka ini membaca `kinerja: 1`.",
    ),
    "K118": _error(
        "two numbers are expected, as in [0, 100], not {found}",
        "diharapkan dua angka, misalnya [0, 100], bukan {found}",
    ),
    "K119": _error(
        "an empty list of conditions never holds",
        "daftar syarat yang kosong tidak pernah terpenuhi",
        "Write a condition, or delete the key.",
        "Tulis syaratnya, atau hapus kunci ini.",
    ),
    "K120": _error(
        "the rubrics extend each other in a circle: {chain}",
        "rubrik saling memperluas secara melingkar: {chain}",
        "Let one of them stand by itself.",
        "Jadikan salah satunya berdiri sendiri.",
    ),
    "K121": _error(
        "a chain of more than {limit} rubrics: {chain}",
        "rantai lebih dari {limit} rubrik: {chain}",
    ),
    "K122": _error(
        'the rubric "{name}" that is extended here is not to be found',
        'rubrik "{name}" yang diperluas di sini tidak ditemukan',
        "It is looked for as ID.yaml or ID@EDITION.yaml in the folder of this file, then among the bundled rubrics.",
        "Rubrik itu dicari sebagai ID.yaml atau ID@EDISI.yaml di folder berkas ini, lalu di antara rubrik bawaan.",
    ),
    "K123": _error(
        'a score cannot be held to "{text}"',
        'nilai tidak dapat dibatasi pada "{text}"',
        "Write one range with its ends included, such as [0..100] or <= 10.",
        "Tulis satu rentang beserta batasnya, misalnya [0..100] atau <= 10.",
    ),
    "K124": _error(
        "an award is one amount, or `from` and `to`, with its currency",
        "penghargaan berupa satu jumlah, atau `from` dan `to`, dengan mata uangnya",
        "Write {{amount: 250000, currency: IDR}} or {{from: 300000, to: 600000, currency: IDR}}.",
        "Tulis {{amount: 250000, currency: IDR}} atau {{from: 300000, to: 600000, currency: IDR}}.",
    ),
    "K125": _error(
        'there is no grade "{id}" here',
        'tidak ada predikat "{id}" di sini',
        "Grades: {known}.",
        "Predikat: {known}.",
    ),
    "K126": _error(
        '"better: {text}" is neither higher nor lower',
        '"better: {text}" bukan higher atau lower',
    ),
    "K127": _error(
        '"{name}" has a grade and no score',
        '"{name}" punya predikat, tetapi tidak punya nilai',
        "Ask for its grade, give the group a `combine`, or put the node in `aside`.",
        "Tanyakan predikatnya, beri kelompok itu `combine`, atau taruh simpulnya di `aside`.",
    ),
    "K128": _error(
        'there is no example "{name}"',
        'tidak ada contoh "{name}"',
        "Examples: {known}.",
        "Contoh: {known}.",
    ),
    "K129": _error(
        'the example "{name}" is like itself, or stands behind more than {limit} that are each like the next',
        'contoh "{name}" merujuk dirinya sendiri, atau berada di ujung lebih dari {limit} contoh yang saling merujuk',
    ),
    # --- K13x to K14x: numbers
    "K130": _error(
        '"{text}" is not a number',
        '"{text}" bukan bilangan',
        "Write digits with a decimal point or a fraction, such as 12, -0.5 or 2/3.",
        "Tulis angka dengan titik desimal atau pecahan, misalnya 12, -0.5 atau 2/3.",
    ),
    "K131": _error(
        '"{text}" has a comma',
        '"{text}" memakai koma',
        'Write "{spelling}": the decimal sign is a point.',
        'Tulis "{spelling}": tanda desimalnya titik.',
    ),
    "K132": _error(
        '"{text}" has separators between its digits',
        '"{text}" memakai tanda pemisah ribuan',
        'Write "{spelling}" if thousands are meant; the decimal sign is a point.',
        'Tulis "{spelling}" bila yang dimaksud ribuan; tanda desimalnya titik.',
    ),
    "K133": _error(
        '"{text}" begins with a zero, as a code does',
        '"{text}" diawali nol, seperti kode',
        'Write "{spelling}" if a number is meant; a code is an option of a choice.',
        'Tulis "{spelling}" bila yang dimaksud bilangan; kode adalah pilihan dari isian berjenis choice.',
    ),
    "K134": _error(
        '"{text}" lacks a digit beside its point',
        '"{text}" tidak punya angka di salah satu sisi titik',
        'Write "{spelling}".',
        'Tulis "{spelling}".',
    ),
    "K135": _error(
        '"{text}" divides by zero',
        '"{text}" membagi dengan nol',
        "Write another number below the line.",
        "Tulis penyebut yang bukan nol.",
    ),
    "K136": _error(
        '"{text}" is written with an exponent',
        '"{text}" ditulis dengan pangkat sepuluh',
        "Write all the digits, such as 1000 for 1e3.",
        "Tulis semua angkanya, misalnya 1000 untuk 1e3.",
    ),
    "K137": _error(
        '"{text}" is not a finite number',
        '"{text}" bukan bilangan hingga',
        "Leave the value out where it is not known.",
        "Kosongkan saja bila nilainya tidak diketahui.",
    ),
    "K138": _error(
        'the character "{character}" ({point}) in "{text}" is not of a number',
        'karakter "{character}" ({point}) dalam "{text}" bukan bagian dari bilangan',
        "Write the digits 0 to 9, and the hyphen of the keyboard for minus.",
        "Tulis angka 0 sampai 9, dan tanda hubung biasa untuk minus.",
    ),
    "K139": _error(
        "{text} has more than {limit} digits",
        "{text} terdiri dari lebih dari {limit} digit",
    ),
    "K140": _error(
        "rounding to multiples of {text} is impossible",
        "pembulatan ke kelipatan {text} tidak mungkin",
        "Write a step above 0, such as 0.01 or 1.",
        "Tulis langkah di atas 0, misalnya 0.01 atau 1.",
    ),
    "K141": _error(
        '"{text}" has a blank in it',
        '"{text}" mengandung spasi',
        'Write "{spelling}".',
        'Tulis "{spelling}".',
    ),
    "K142": _error(
        '"{text}" has a percent sign, which only a weight may have',
        '"{text}" memakai tanda persen, yang hanya boleh pada bobot',
        'Write "{spelling}"; the unit stands in the measure.',
        'Tulis "{spelling}"; satuannya ditulis pada ukuran (measure).',
    ),
    "K143": _error(
        "{text} is a truth value, not a number",
        "{text} adalah nilai benar/salah, bukan bilangan",
        "Write 1 or 0 if a number is meant.",
        "Tulis 1 atau 0 bila yang dimaksud bilangan.",
    ),
    "K144": _error(
        '"{text}" is not a way to round',
        '"{text}" bukan cara membulatkan',
        "The ways are {modes}.",
        "Caranya: {modes}.",
    ),
    "K145": _error(
        '"{text}" is text, not a number',
        '"{text}" adalah teks, bukan bilangan',
        "Write the number without quotes; in Python, pass int, Decimal, Fraction or float, or read text from a table "
        "with `kinerja.numbers.parse_local`.",
        "Tulis angkanya tanpa tanda kutip; di Python, berikan int, Decimal, Fraction atau float, atau baca teks dari "
        "tabel dengan `kinerja.numbers.parse_local`.",
    ),
    "K146": _error(
        "a value of type {type} is not a number",
        "nilai bertipe {type} bukan bilangan",
        "Pass int, Decimal, Fraction or float.",
        "Berikan int, Decimal, Fraction atau float.",
    ),
    "K147": _error(
        "the exponent {text} is beyond {limit}",
        "pangkat {text} melampaui {limit}",
        "Exponents go from -{limit} to {limit}.",
        "Pangkat berkisar dari -{limit} sampai {limit}.",
    ),
    "K148": _error(
        'the separators of "{text}" do not fit the locale "{locale}"',
        'tanda pemisah pada "{text}" tidak cocok dengan lokal "{locale}"',
        'There "{point}" is the decimal sign and "{group}" stands between groups of three digits: {examples}.',
        'Di situ "{point}" tanda desimal dan "{group}" memisahkan tiap tiga angka: {examples}.',
    ),
    "K149": _error(
        '"{text}" is not a number as the locale "{locale}" writes it',
        '"{text}" bukan bilangan menurut penulisan lokal "{locale}"',
        "Write only digits and separators, such as {examples}.",
        "Tulis angka dan tanda pemisah saja, misalnya {examples}.",
    ),
    # --- K15x to K17x: conditions and formulas
    "K150": _error(
        "there is nothing here",
        "tidak ada isinya",
        'Write a test such as "> 40", a formula, or "-" for anything.',
        'Tulis syarat seperti "> 40", rumus, atau "-" untuk apa saja.',
    ),
    "K151": _error(
        "this is longer than {limit} characters",
        "ini lebih panjang dari {limit} karakter",
        "Split it into several bands, cases or facts.",
        "Bagi menjadi beberapa batasan, kasus atau isian.",
    ),
    "K152": _error(
        'the character "{character}" ({point}) does not belong here',
        'karakter "{character}" ({point}) tidak boleh ada di sini',
        "Type it on the keyboard with plain letters and signs; put text in double quotes.",
        "Ketik ulang dengan huruf dan tanda biasa; apit teks dengan tanda kutip ganda.",
    ),
    "K153": _error(
        "this is too large: at most {parts} parts, nested at most {depth} deep",
        "ini terlalu besar: paling banyak {parts} bagian, bertingkat paling dalam {depth}",
        "Split it into several bands, cases or facts.",
        "Bagi menjadi beberapa batasan, kasus atau isian.",
    ),
    "K154": _error(
        '"{text}" has a comma between two digits: {point}, or the values {apart}?',
        '"{text}" memakai koma di antara dua angka: {point}, atau nilai {apart}?',
        'Write "{point}" for a decimal, or "{spaced}" with a blank for several values.',
        'Tulis "{point}" untuk desimal, atau "{spaced}" dengan spasi untuk beberapa nilai.',
    ),
    "K155": _error(
        '"{text}" is spelt differently here',
        'penulisan "{text}" di sini berbeda',
        "Write `{spelling}`.",
        "Tulis `{spelling}`.",
    ),
    "K156": _error(
        '"{text}" is not how a range is written',
        '"{text}" bukan cara menulis rentang',
        'Write "{spelling}"; an option of that name goes in double quotes.',
        'Tulis "{spelling}"; pilihan yang bernama demikian diapit tanda kutip ganda.',
    ),
    "K157": _error(
        '"{text}" has a percent sign',
        '"{text}" memakai tanda persen',
        'Write "{spelling}": the unit belongs to the measure.',
        'Tulis "{spelling}": satuan ditulis pada ukuran (measure).',
    ),
    "K158": _error(
        "something is missing here: a number, a name or a test",
        "ada yang kurang di sini: bilangan, nama atau syarat",
        "Complete it, or remove what stands before it.",
        "Lengkapi, atau hapus yang ada di depannya.",
    ),
    "K159": _error(
        '"{text}" is not a constant',
        '"{text}" bukan konstanta',
        "A condition compares with numbers such as 40 or 2/3; compute in a fact's `from:` or in a formula.",
        "Syarat membandingkan dengan bilangan seperti 40 atau 2/3; hitungan ditulis di `from:` "
        "suatu isian atau di rumus.",
    ),
    "K160": _error(
        '"{text}" runs backwards',
        '"{text}" terbalik',
        'Write "{spelling}".',
        'Tulis "{spelling}".',
    ),
    "K161": _error(
        '"{text}" holds no number at all',
        '"{text}" tidak memuat satu bilangan pun',
        'Write "{spelling}" for that one number.',
        'Tulis "{spelling}" untuk bilangan itu saja.',
    ),
    "K162": _error(
        '"{text}" cannot stand inside a condition',
        '"{text}" tidak dapat berada di dalam syarat',
        '"not(...)" goes around the whole condition, and "-" stands alone for anything.',
        '"not(...)" mengapit seluruh syarat, dan "-" berdiri sendiri untuk apa saja.',
    ),
    "K163": _error(
        '"{text}" is not expected here',
        '"{text}" tidak semestinya ada di sini',
        "Write one test, such as > 40, or one formula; between two limits "
        "is a range, such as [60..80); a comma means or.",
        "Tulis satu syarat, misalnya > 40, atau satu rumus; di antara dua batas adalah "
        "rentang, misalnya [60..80); koma berarti atau.",
    ),
    "K164": _error(
        '"{text}" has a blank in it',
        '"{text}" mengandung spasi',
        "The id of an option has no blanks; between two limits is a range, such as [60..80); a comma means or.",
        "Id pilihan tidak mengandung spasi; di antara dua batas adalah rentang, misalnya [60..80); koma berarti atau.",
    ),
    "K165": _error(
        '"{text}" is opened and never closed',
        '"{text}" dibuka tetapi tidak ditutup',
        "Add `{spelling}`.",
        "Tambahkan `{spelling}`.",
    ),
    "K166": _error(
        '"{text}" is tested against a number, and is none',
        '"{text}" dibandingkan dengan bilangan, padahal bukan bilangan',
        "Write a number, or give the fact the kind `choice` or `yes-no`.",
        "Tulis bilangan, atau beri isian itu jenis `choice` atau `yes-no`.",
    ),
    "K167": _error(
        '"{text}" is not one of the options {options}',
        '"{text}" bukan salah satu pilihan {options}',
    ),
    "K168": _error(
        '"{text}" is a range of numbers, and the fact has no numbers',
        '"{text}" adalah rentang bilangan, padahal isiannya bukan bilangan',
        "Name the options that are meant, with commas between them.",
        "Sebutkan pilihan yang dimaksud, dipisahkan koma.",
    ),
    "K169": _error(
        '"{text}" is neither true nor false',
        '"{text}" bukan true atau false',
        'Write "true" or "false", without quotes inside the condition.',
        'Tulis "true" atau "false", tanpa tanda kutip di dalam syarat.',
    ),
    "K170": _error(
        '"{text}": a formula does not compare or choose',
        '"{text}": rumus tidak membandingkan atau memilih',
        "Write bands, or cases: a list of {{when: ..., is: ...}}.",
        "Tulis batasan (bands), atau kasus: daftar {{when: ..., is: ...}}.",
    ),
    "K171": _error(
        "{text} is not a number, and a formula computes with nothing else",
        "{text} bukan bilangan, padahal rumus hanya menghitung bilangan",
        "Compute with facts and numbers; `missing:` says what an absent fact means.",
        "Hitung dengan isian dan bilangan; `missing:` menyatakan arti isian yang tidak ada.",
    ),
    "K172": _error(
        '"{text}": a formula does not round',
        '"{text}": rumus tidak membulatkan',
        "Write `round: {{to: 0.01, mode: half-up}}` beside the formula.",
        "Tulis `round: {{to: 0.01, mode: half-up}}` di samping rumus.",
    ),
    "K173": _error(
        '"{text}" is a reserved word and cannot be a name',
        '"{text}" adalah kata khusus dan tidak dapat menjadi nama',
        "Names of results are value, total, NAME.score, NAME.grade and children.score.",
        "Nama hasil adalah value, total, NAMA.score, NAMA.grade dan children.score.",
    ),
    "K174": _error(
        'there is no function "{text}"',
        'tidak ada fungsi "{text}"',
        "The functions are {functions}.",
        "Fungsinya: {functions}.",
    ),
    "K175": _error(
        "{text} takes one argument and has {count}",
        "{text} menerima satu argumen, di sini ada {count}",
        "Only min, max, sum and mean take several.",
        "Hanya min, max, sum dan mean yang menerima beberapa.",
    ),
    "K176": _error(
        '"{text}" is not a name',
        '"{text}" bukan nama',
        "Names are made of lower-case letters, digits and underscores, with points between the parts.",
        "Nama terdiri dari huruf kecil, angka dan garis bawah, dengan titik di antara bagiannya.",
    ),
    "K177": _error(
        '"{text}" is several values where one is needed',
        '"{text}" berisi beberapa nilai, padahal perlu satu',
        "Combine them with min, max, sum or mean.",
        "Gabungkan dengan min, max, sum atau mean.",
    ),
    "K178": _error(
        'division by zero: "{text}" is 0',
        'pembagian dengan nol: "{text}" bernilai 0',
        "Say with `in:` or `applies:` that it is above 0, or score the zero as a case of its own.",
        "Nyatakan dengan `in:` atau `applies:` bahwa nilainya di atas 0, atau nilai kasus nol secara terpisah.",
    ),
    "K179": _error(
        '"{text}" has no value at {number}',
        '"{text}" tidak punya nilai pada {number}',
        "sqrt and fractional powers take numbers from 0, log takes numbers above 0.",
        "sqrt dan pangkat pecahan menerima bilangan mulai 0, log menerima bilangan di atas 0.",
    ),
    # --- K18x to K19x: names and plan
    "K180": _error(
        'nothing here is called "{name}"',
        'di sini tidak ada yang bernama "{name}"',
        "Name a fact of this node, of one around it, or of the rubric.",
        "Sebut isian pada simpul ini, pada simpul di sekitarnya, atau pada rubrik.",
    ),
    "K181": _error(
        "facts or scores hang on each other in a circle: {cycle}",
        "isian atau nilai saling bergantung melingkar: {cycle}",
        "State one of them instead of computing it.",
        "Jadikan salah satunya isian langsung, bukan hitungan.",
    ),
    "K182": _error(
        '"{key}" means nothing on a whole rubric: nothing stands around it',
        '"{key}" tidak berarti pada rubrik sebagai keseluruhan: tidak ada yang mengelilinginya',
        "Leave it out.",
        "Hapus kunci ini.",
    ),
    "K183": _error(
        'a weight means nothing under "combine: {combine}"',
        'bobot tidak berarti di bawah "combine: {combine}"',
        "Delete the weight, or combine by weighted-sum or weighted-mean.",
        "Hapus bobot, atau gunakan weighted-sum atau weighted-mean.",
    ),
    "K184": _error(
        '"{name}" cannot be asked here',
        '"{name}" tidak dapat ditanyakan di sini',
        "Name a fact, as in {{lokasi: kumuh}}, or the score or grade of a node that has one; a test without a name "
        "asks the `measure` of its indicator.",
        "Sebut isian, misalnya {{lokasi: kumuh}}, atau nilai atau predikat simpul yang memilikinya; syarat tanpa "
        "nama menanyakan `measure` indikatornya.",
    ),
    "K185": _error(
        '"{name}" is a set of options, which no condition here can test',
        '"{name}" adalah himpunan pilihan yang tidak dapat diuji oleh syarat di sini',
        "Use a yes-no fact for each option.",
        "Gunakan isian ya-tidak untuk tiap pilihan.",
    ),
    "K186": _error(
        'there is no assessor "{id}"',
        'tidak ada tim penilai "{id}"',
        "Assessors: {known}.",
        "Tim penilai: {known}.",
    ),
    "K187": _error(
        'there is no source "{id}"',
        'tidak ada sumber "{id}"',
        "Sources: {known}.",
        "Sumber: {known}.",
    ),
    "K188": _error(
        '"{name}" stands here twice, among facts, indicators and aside',
        '"{name}" di sini dipakai dua kali, di antara isian, indikator, dan aside',
        "Rename one of them.",
        "Ganti nama salah satunya.",
    ),
    "K189": _error(
        '"{name}" is a {kind}, and only numbers can be calculated with',
        '"{name}" berjenis {kind}; hanya angka yang dapat dihitung',
    ),
    "K190": _error(
        "a choice without options has no answer",
        "isian tanpa pilihan jawaban tidak dapat diisi",
        "Add `options`.",
        "Tambahkan `options`.",
    ),
    "K191": _error(
        '"missing: {text}" means nothing here',
        '"missing: {text}" tidak berarti di sini',
        "On a node only `exclude` is possible, under a mean or a weighted combine; what a "
        "missing answer counts as stands on its fact.",
        "Pada simpul hanya `exclude` yang mungkin, di bawah mean atau gabungan berbobot; arti "
        "jawaban yang kosong ditulis pada isiannya.",
    ),
    "K192": _error(
        '"{text}" is not an answer that this fact allows',
        '"{text}" bukan jawaban yang dibolehkan isian ini',
        "Write a number inside its domain, or one of its options.",
        "Tulis bilangan di dalam ranahnya, atau salah satu pilihannya.",
    ),
    "K193": _error(
        "a weight is a constant that is not negative",
        "bobot harus tetapan yang tidak negatif",
        "Write 5%, 0.05 or 1/20.",
        "Tulis 5%, 0.05, atau 1/20.",
    ),
    "K194": _error(
        "{text} must be greater than zero",
        "{text} harus lebih besar dari nol",
        "Write a step such as 1 or 0.01.",
        "Tulis langkah seperti 1 atau 0.01.",
    ),
    "K195": _error(
        "the old scale begins and ends at one number",
        "skala lama mulai dan berakhir pada angka yang sama",
        "Write two different numbers in `from`.",
        "Tulis dua angka berbeda pada `from`.",
    ),
    "K196": _error(
        'there is no way to combine called "{combine}"',
        'tidak ada cara menggabungkan yang bernama "{combine}"',
        "Possible: {known}.",
        "Yang mungkin: {known}.",
    ),
    "K197": _error(
        'the band "{id}" has no score, and its id is not a number',
        'batasan "{id}" tidak punya nilai, dan id-nya bukan angka',
        "Add `score`.",
        "Tambahkan `score`.",
    ),
    "K198": _error(
        "nothing stands here to score by",
        "di sini tidak ada yang dapat dinilai",
        "Add at least one.",
        "Tambahkan sedikitnya satu.",
    ),
    "K199": _error(
        'a child of a group with "combine: {combine}" needs a weight',
        'tiap indikator dalam kelompok dengan "combine: {combine}" memerlukan bobot',
        "Add `weight`.",
        "Tambahkan `weight`.",
    ),
    # --- K2xx: checks of a rubric
    "K200": _error(
        "{count} bands stand here; {limit} are allowed",
        "di sini ada {count} batasan; paling banyak {limit}",
        "Where a score follows a line, write a formula.",
        "Bila nilainya mengikuti garis, tulislah rumus.",
    ),
    "K201": _error(
        'the example "{name}" gives {found}, not {expected}',
        'contoh "{name}" menghasilkan {found}, bukan {expected}',
        "Mend the example or the rule.",
        "Perbaiki contoh atau aturannya.",
    ),
    "K202": _error(
        'the example "{name}" expects "{key}", which no result has',
        'contoh "{name}" mengharapkan "{key}", yang tidak ada pada hasil',
        "Expect status, total, grade, missing, or PATH.score, PATH.status, PATH.band.",
        "Harapkan status, total, grade, missing, atau PATH.score, PATH.status, PATH.band.",
    ),
    "K203": _error(
        'no band of "{name}" holds {region}',
        'tidak ada batasan "{name}" yang memuat {region}',
        "Widen a band, or narrow the domain `in`.",
        "Perluas salah satu batasan, atau persempit ranah `in`.",
    ),
    "K204": _error(
        'the bands {bands} of "{name}" both hold {region}',
        'batasan {bands} pada "{name}" sama-sama memuat {region}',
        "Narrow one of them; no band wins by standing first. The other stands at {first}. {comma}",
        "Persempit salah satunya; tidak ada batasan yang menang karena urutan. Yang satunya ada di {first}. {comma}",
    ),
    "K205": _error(
        "the weights add up to {sum}, not {expected}",
        "jumlah bobot {sum}, bukan {expected}",
        "Change a weight.",
        "Ubah salah satu bobot.",
    ),
    "K206": _error(
        'the alternative "{alternative}" of the reading "{reading}" breaks the rubric: {problem} ({code})',
        'alternatif "{alternative}" dari tafsir "{reading}" merusak rubrik: {problem} ({code})',
        "Mend the change.",
        "Perbaiki perubahannya.",
    ),
    "K207": _warning(
        "{text} is {value} here, with a decimal point",
        "{text} di sini berarti {value}, dengan titik desimal",
        "Write {value}; if thousands are meant, leave the point out.",
        "Tulis {value}; bila maksudnya ribuan, hilangkan titiknya.",
    ),
    "K208": _error(
        "the weights add up to {sum}, not {expected}, where {configuration}",
        "jumlah bobot {sum}, bukan {expected}, bila {configuration}",
        "Change a weight, or what applies.",
        "Ubah salah satu bobot, atau syarat berlakunya.",
    ),
    "K209": _warning(
        'more than {limit} combinations of answers decide "{name}", too many to try: nothing is proved about it',
        'lebih dari {limit} gabungan jawaban menentukan "{name}", terlalu banyak untuk dicoba: '
        "tidak ada yang terbukti tentangnya",
        "Let fewer facts decide together.",
        "Kurangi isian yang menentukan bersama-sama.",
    ),
    "K210": _warning(
        '"{name}" hangs on scores or grades of other nodes: nothing is proved about it',
        '"{name}" bergantung pada nilai atau predikat simpul lain: tidak ada yang terbukti tentangnya',
        "Try it with examples.",
        "Ujilah dengan contoh.",
    ),
    "K211": _error(
        'a reading cannot change "{key}"',
        'tafsir tidak dapat mengubah "{key}"',
        "A reading changes rules; which rubric it is stays the same.",
        "Tafsir mengubah aturan; rubriknya tetap rubrik yang sama.",
    ),
    "K212": _error(
        '{count} weights hold for "{name}" where {configuration}, and exactly one must',
        '{count} bobot berlaku untuk "{name}" bila {configuration}, padahal harus tepat satu',
        "Let the cases of its weight exclude each other and leave nothing out.",
        "Buat kasus bobotnya saling terpisah dan mencakup semuanya.",
    ),
    "K213": _warning(
        'the text "{text}" speaks of {said}, and the condition holds {held}: they differ at {region}',
        'teks "{text}" menyebut {said}, sedangkan syaratnya memuat {held}: berbeda pada {region}',
        "Mend `when`, or the text if it was copied wrongly. Where the source is unclear itself, say so in a reading "
        "with `settles: gap`, `overlap` or `text`.",
        "Perbaiki `when`, atau teksnya bila salah salin. Bila sumbernya sendiri tidak jelas, nyatakan dalam tafsir "
        "dengan `settles: gap`, `overlap`, atau `text`.",
    ),
    "K214": _information(
        '"{numbers}" in "{text}" was not understood, so that text and rule were not compared',
        '"{numbers}" dalam "{text}" tidak dipahami, sehingga teks dan aturan tidak dibandingkan',
        "Compare them yourself; the phrases that are understood stand on the page of the checks.",
        "Bandingkan sendiri; ungkapan yang dipahami tercantum di halaman pemeriksaan.",
    ),
    "K215": _warning(
        'the award is {amount}, and "{text}" says {said}',
        'imbalannya {amount}, sedangkan "{text}" menyebut {said}',
        "Mend the amount or its text. Where the source itself differs, say so in a reading with `settles: words`.",
        "Perbaiki jumlah atau teksnya. Bila sumbernya sendiri berbeda, nyatakan dalam tafsir dengan `settles: words`.",
    ),
    "K216": _warning(
        'the printed number "{number}" of "{name}" stands at "{other}" too',
        'nomor cetak "{number}" pada "{name}" juga tercantum pada "{other}"',
        "Mend it; where the source itself repeats it, say so in a reading with `settles: numbering`.",
        "Perbaiki; bila sumbernya sendiri mengulangnya, nyatakan dalam tafsir dengan `settles: numbering`.",
    ),
    "K217": _information(
        'after the printed number "{number}" comes "{next}": {count} left out between them',
        'sesudah nomor cetak "{number}" datang "{next}": {count} terlewati di antaranya',
        "See whether a row is missing; where the source itself skips it, a reading with `settles: numbering` says so.",
        "Periksa apakah ada baris yang tertinggal; bila sumbernya sendiri melompat, nyatakan dalam tafsir dengan "
        "`settles: numbering`.",
    ),
    "K218": _error(
        'no grade of "{name}" holds {scores}, which sheets come to ({count} in all)',
        'tidak ada predikat "{name}" yang memuat {scores}, padahal nilai itu dapat terjadi (seluruhnya {count})',
        "Let the grades meet, or round the score first (`round:`).",
        "Buat predikatnya bersambung, atau bulatkan nilainya lebih dahulu (`round:`).",
    ),
    "K219": _error(
        'more than {limit} scores, grades and conditions hang on each other below "{name}"',
        'lebih dari {limit} nilai, predikat, dan syarat saling bergantung di bawah "{name}"',
        "Let scores read facts; what reads a score that reads a score, and so on, nobody can follow.",
        "Biarkan nilai membaca isian; rantai nilai yang membaca nilai tidak dapat diikuti siapa pun.",
    ),
    "K221": _information(
        'which scores "{name}" can come to is too large to decide: nothing is proved about its grades',
        'nilai apa saja yang dapat terjadi pada "{name}" terlalu banyak untuk dipastikan: predikatnya tidak terbukti',
        "Try the bounds of its grades with examples.",
        "Ujilah batas-batas predikatnya dengan contoh.",
    ),
    "K222": _information(
        'no grade of "{name}" holds {scores}; whether a sheet comes to it is not known',
        'tidak ada predikat "{name}" yang memuat {scores}; tidak diketahui apakah nilai itu dapat terjadi',
        "Let the grades meet, or round the score first (`round:`).",
        "Buat predikatnya bersambung, atau bulatkan nilainya lebih dahulu (`round:`).",
    ),
    "K223": _error(
        '{count} cases hold for "{name}" where {configuration}, and exactly one must',
        '{count} kasus berlaku untuk "{name}" bila {configuration}, padahal harus tepat satu',
        "Let the cases exclude each other and leave nothing out.",
        "Buat kasus-kasusnya saling terpisah dan mencakup semuanya.",
    ),
    "K224": _error(
        'the grades {grades} of "{name}" both hold {region}',
        'predikat {grades} pada "{name}" sama-sama memuat {region}',
        "Narrow one of them; no grade wins by standing first. The other stands at {first}. {comma}",
        "Persempit salah satunya; tidak ada predikat yang menang karena urutan. Yang satunya ada di {first}. {comma}",
    ),
    "K225": _warning(
        '"{part}" of "{name}" decides nothing on any sheet: {why}',
        '"{part}" pada "{name}" tidak menentukan apa pun di lembar mana pun: {why}',
        "Mend its condition or that of its neighbours, or delete it.",
        "Perbaiki syaratnya atau syarat di sekitarnya, atau hapus.",
    ),
    "K226": _warning(
        '"{name}" applies to no sheet',
        '"{name}" tidak berlaku di lembar mana pun',
        "Its `applies` contradicts itself, the domain of a fact, or the `applies` of a group around it. Mend one of "
        "them, or delete the node.",
        "`applies`-nya bertentangan dengan dirinya sendiri, dengan ranah suatu isian, atau dengan `applies` kelompok "
        "di sekitarnya. Perbaiki salah satunya, atau hapus simpul ini.",
    ),
    "K227": _warning(
        "of the alternatives {names}, {count} apply where {configuration}",
        "dari alternatif {names}, {count} berlaku bila {configuration}",
        "Let exactly one of them apply to each answer. Where the source leaves it so, say so in a reading with "
        "`settles: gap` for none, `settles: overlap` for several.",
        "Buat tepat satu yang berlaku untuk setiap jawaban. Bila sumbernya memang demikian, nyatakan dalam tafsir "
        "dengan `settles: gap` bila tidak ada yang berlaku, `settles: overlap` bila beberapa berlaku.",
    ),
    "K228": _warning(
        'this asks what "{name}" came to, which does not apply where {configuration}: there the test is false, and '
        "nothing says so",
        'bagian ini menanyakan hasil "{name}", yang tidak berlaku bila {configuration}: di situ ujinya salah, dan '
        "tidak ada yang memberitahukannya",
        "Test as well for what it applies by, and add a way for the other sheets; `not(...)` is false there, too.",
        "Uji juga syarat berlakunya, dan tambahkan cara lain untuk lembar yang lain; `not(...)` pun salah di situ.",
    ),
    "K229": _information(
        '"{name}" changes no result: {why}',
        '"{name}" tidak mengubah hasil apa pun: {why}',
        "Use it, or delete it.",
        "Pakailah, atau hapus.",
    ),
    "K230": _warning(
        '"{name}" also stands further out, at {outer}; inside "{around}" it means "{path}"',
        '"{name}" juga ada di lingkup yang lebih luar, di {outer}; di dalam "{around}" artinya "{path}"',
        "Rename one of them, so that nobody takes one for the other.",
        "Ganti nama salah satunya, supaya tidak tertukar.",
    ),
    "K231": _information(
        "{count} rules cite no source, and neither does what they stand in: {names}",
        "{count} aturan tidak menyebut dasar, begitu pula kelompok tempatnya berada: {names}",
        "Add `source: {{in: ..., at: ...}}` there, or to the group around them.",
        "Tambahkan `source: {{in: ..., at: ...}}` di sana, atau pada kelompok di luarnya.",
    ),
    "K232": _information(
        'nothing in the rubric cites "{places}"',
        'tidak ada bagian rubrik yang berdasar pada "{places}"',
        "See whether a rule was forgotten, or a citation. Where the source itself skips a number, a reading with "
        "`settles: numbering` says so.",
        "Periksa apakah ada aturan atau rujukan yang terlupa. Bila sumbernya sendiri melompati nomor, nyatakan dalam "
        "tafsir dengan `settles: numbering`.",
    ),
    "K233": _warning(
        'the alternative "{alternative}" of the reading "{reading}" gave each of {count} sheets tried, on both sides '
        "of every bound that it touches, the same result as the reading itself",
        'alternatif "{alternative}" dari tafsir "{reading}" memberi {count} lembar yang dicoba, di kedua sisi setiap '
        "batas yang disentuhnya, hasil yang sama dengan tafsir itu sendiri",
        "Mend its `change`. Where it really is the same in practice, leave the change out and keep the text.",
        "Perbaiki `change`-nya. Bila dalam praktik memang sama, hapus perubahannya dan biarkan teksnya.",
    ),
    "K234": _information(
        'the alternatives "{one}" and "{other}" cannot be taken together: they change "{path}" differently',
        'alternatif "{one}" dan "{other}" tidak dapat dipilih bersama: keduanya mengubah "{path}" secara berbeda',
        "Whoever takes both is refused. If they should go together, let one of them change something else.",
        "Siapa yang memilih keduanya ditolak. Bila seharusnya dapat digabung, buat salah satunya mengubah hal lain.",
    ),
    "K235": _warning(
        'an absent "{name}" counts as {value}, and neither a source nor a reading says so',
        '"{name}" yang tidak ada dianggap {value}, dan tidak ada dasar atau tafsir yang menyatakannya',
        "Give it the `source` that says so, or a reading with `settles: silence` whose alternatives change `missing`; "
        "else leave `missing` out, and a sheet without it is incomplete.",
        "Beri `source` yang menyatakannya, atau tafsir dengan `settles: silence` yang alternatifnya mengubah "
        "`missing`; bila tidak ada, hapus `missing`, dan lembar tanpa isian itu belum lengkap.",
    ),
    "K236": _warning(
        '"{name}" may come to a root or logarithm that has no exact value, and is asked for unrounded: such a sheet '
        "is refused",
        '"{name}" dapat berupa akar atau logaritma yang tidak punya nilai tepat, dan dipakai tanpa dibulatkan: lembar '
        "seperti itu ditolak",
        "Add `round: {{to: 0.01, mode: half-up}}` to it, or to what goes into it.",
        "Tambahkan `round: {{to: 0.01, mode: half-up}}` padanya, atau pada yang membentuknya.",
    ),
    "K237": _information(
        'the score {score} of "{name}" has the grade "{grade}" and is shown as {figure}, a figure of "{other}"',
        'nilai {score} pada "{name}" berpredikat "{grade}", tetapi ditampilkan sebagai {figure}, angka milik "{other}"',
        "Show more digits, or `round` the score itself if the source says so. Until then such a score is shown with "
        "its exact value beside it.",
        "Tampilkan lebih banyak angka, atau bulatkan nilainya dengan `round` bila sumbernya menyatakan demikian. "
        "Sampai saat itu nilai seperti ini ditampilkan bersama nilai tepatnya.",
    ),
    "K238": _warning(
        "of {one} and {other}, {count} are in force from {since} until {until}: each day needs exactly one",
        "dari {one} dan {other}, {count} berlaku sejak {since} sampai sebelum {until}: setiap hari perlu tepat satu",
        "Let `valid` of the earlier one end on the day on which the later one begins.",
        "Akhiri `valid` edisi yang lebih awal pada hari edisi berikutnya mulai berlaku.",
    ),
    "K239": _warning(
        '"supersedes" names "{name}", and no other rubric of that name is found',
        '"supersedes" menyebut "{name}", padahal tidak ada rubrik lain dengan nama itu',
        "Mend `rubric` or `edition`, or put its file, ID.yaml or ID@EDITION.yaml, into the same folder.",
        "Perbaiki `rubric` atau `edition`, atau taruh berkasnya, ID.yaml atau ID@EDISI.yaml, dalam folder yang sama.",
    ),
    "K240": _information(
        "the examples reach {reached} of {of} bands, levels, steps, grades, gates and other readings; none reaches "
        "{names}",
        "contoh-contoh mencapai {reached} dari {of} batasan, jenjang, langkah, predikat, syarat, dan alternatif "
        "tafsir; tidak ada yang mencapai {names}",
        "Add an example for each; for a gate one that fails it, for a reading one that takes it.",
        "Tambahkan contoh untuk masing-masing; untuk syarat yang gagal memenuhinya, untuk tafsir yang memilihnya.",
    ),
    "K241": _warning(
        'the entry "{name}" in `allow` silences nothing; {code} is found at: {found}',
        'entri "{name}" dalam `allow` tidak meredam apa pun; {code} ditemukan di: {found}',
        "Delete it, or mend its `at`.",
        "Hapus, atau perbaiki `at`-nya.",
    ),
    "K242": _error(
        'no finding has the code "{text}"',
        'tidak ada temuan dengan kode "{text}"',
        "Name the entry by the code of the finding, such as K213, or write it in the entry as `code: K213`.",
        "Namai entri itu dengan kode temuannya, misalnya K213, atau tulis kodenya dalam entri sebagai `code: K213`.",
    ),
    "K243": _warning(
        "{code} cannot be allowed",
        "{code} tidak dapat diizinkan",
        "Delete the entry. `allow` is for what checks find in a rubric that can be scored; what keeps it from being "
        "read or scored safely has to be mended.",
        "Hapus entri ini. `allow` hanya untuk temuan pemeriksaan pada rubrik yang dapat dinilai; yang membuatnya tidak "
        "terbaca atau tidak aman dinilai harus diperbaiki.",
    ),
    "K245": _warning(
        'in "{name}", "{higher}" stands above "{lower}" and comes to less: {after}, not {before} or more',
        'pada "{name}", "{higher}" di atas "{lower}" tetapi bernilai lebih rendah: {after}, bukan {before} ke atas',
        "Exchange their scores or amounts, or mend the order; of a number, `better: lower` turns what is good round.",
        "Tukar nilai atau jumlahnya, atau perbaiki urutannya; untuk angka, `better: lower` membalik arah yang baik.",
    ),
    "K246": _warning(
        'the grade "{higher}" of "{name}" stands after "{lower}" and holds lower scores',
        'predikat "{higher}" pada "{name}" ditulis sesudah "{lower}" tetapi memuat nilai yang lebih rendah',
        "Write the grades from the lowest score to the highest: where gates set several, the worst by this order wins.",
        "Tulis predikat dari nilai terendah ke tertinggi: dari yang ditetapkan syarat, yang terburuk menang menurut "
        "urutan ini.",
    ),
    "K248": _warning(
        'the printed lines of "{name}" leave out {region}, and only rounding to {to} closes that',
        'baris-baris tercetak pada "{name}" tidak memuat {region}, dan hanya pembulatan ke {to} yang menutupnya',
        "Say in a reading with `settles: gap` what the source says about rounding and what was taken; its alternatives "
        "change `round`, or the lines.",
        "Nyatakan dalam tafsir dengan `settles: gap` apa kata sumber tentang pembulatan dan apa yang dipakai; "
        "alternatifnya mengubah `round` atau baris-barisnya.",
    ),
    "K249": _information(
        'in "{name}", "{later}" without "{earlier}" counts for nothing',
        'pada "{name}", "{later}" tanpa "{earlier}" tidak dihitung',
        "A ladder stops at the first step that is missing. Where the source does not say so, write a reading with "
        "`settles: gap` whose alternatives change `ladder`.",
        "Tangga (`ladder`) berhenti pada langkah pertama yang tidak terpenuhi. Bila sumbernya tidak menyatakan "
        "demikian, tulis tafsir dengan `settles: gap` yang alternatifnya mengubah `ladder`.",
    ),
    # --- K3xx: problems of a sheet
    "K301": _error(
        'the rubric has no fact "{name}"',
        'rubrik tidak mengenal isian "{name}"',
    ),
    "K302": _error(
        '"{name}" is stated twice',
        '"{name}" diisi dua kali',
        "Keep one.",
        "Pilih satu.",
    ),
    "K303": _error(
        '"{name}" is {value} {unit}, outside {domain}',
        '"{name}" bernilai {value} {unit}, di luar {domain}',
        "Check the figure.",
        "Periksa angkanya.",
    ),
    "K304": _error(
        '"{name}" is {value}, and is counted in steps of {step}',
        '"{name}" bernilai {value}, padahal harus kelipatan {step}',
    ),
    "K305": _error(
        '"{name}" has no option "{value}"',
        '"{name}" tidak punya pilihan "{value}"',
        "Options: {known}.",
        "Pilihan: {known}.",
    ),
    "K306": _error(
        '"{name}" is answered by true or false, not by "{value}"',
        '"{name}" dijawab dengan true atau false, bukan "{value}"',
    ),
    "K307": _error(
        '"{name}" is answered by a list of options, not by "{value}"',
        '"{name}" dijawab dengan daftar pilihan, bukan "{value}"',
        "Options: {known}.",
        "Pilihan: {known}.",
    ),
    "K308": _error(
        '"{name}" is given in "{unit}", and is measured in "{expected}"',
        '"{name}" diisi dalam "{unit}", padahal satuannya "{expected}"',
    ),
    "K309": _error(
        '"{name}" is stated as {stated}, and its parts give {computed}',
        '"{name}" diisi {stated}, padahal dari bagian-bagiannya {computed}',
        "Say which of the two is meant.",
        "Nyatakan mana yang dimaksud.",
    ),
    "K310": _error(
        '"{name}" cannot have the score {score}',
        '"{name}" tidak mungkin bernilai {score}',
        "Possible scores: {known}.",
        "Nilai yang mungkin: {known}.",
    ),
    "K311": _error(
        '"{name}" is no indicator, so no score can be stated for it',
        '"{name}" bukan indikator, jadi nilainya tidak dapat dinyatakan',
    ),
    "K312": _error(
        '"{name}" is stated to score {stated}, and its value gives {derived}',
        '"{name}" dinyatakan bernilai {stated}, padahal isiannya memberi {derived}',
        "Say which of the two is meant.",
        "Nyatakan mana yang dimaksud.",
    ),
    "K313": _error(
        '"{name}" cannot be left out as not applicable',
        '"{name}" tidak dapat dinyatakan tidak berlaku',
        "The rubric allows that only with `may-not-apply: true`.",
        "Rubrik membolehkannya hanya dengan `may-not-apply: true`.",
    ),
    "K314": _error(
        '"{name}" is not applicable without a reason',
        '"{name}" dinyatakan tidak berlaku tanpa alasan',
        "Write the reason in words; where the question does arise, leave this empty.",
        "Tulis alasannya dengan kata-kata; kalau memang berlaku, kosongkan saja.",
    ),
    "K315": _error(
        "the rubric is in force from {since} until {until}, not on {date}",
        "rubrik berlaku sejak {since} sampai {until}, tidak pada {date}",
    ),
    "K316": _error(
        'the bands {bands} of "{name}" all hold {value}',
        'batasan {bands} pada "{name}" semuanya memuat {value}',
        "The rubric has to be mended; no band wins by standing first.",
        "Rubriknya harus diperbaiki; tidak ada batasan yang menang karena urutan.",
    ),
    "K317": _error(
        'no band of "{name}" holds {value}',
        'tidak ada batasan "{name}" yang memuat {value}',
    ),
    "K318": _error(
        '{count} weights hold for "{name}" here, and exactly one must',
        '{count} bobot berlaku untuk "{name}" di sini, padahal harus tepat satu',
    ),
    "K319": _error(
        '"{name}" has no exact value and no rounding',
        '"{name}" tidak punya nilai eksak dan tidak dibulatkan',
        "Give it a `round`.",
        "Beri `round`.",
    ),
    "K320": _error(
        '"{name}" came to {score}, outside its scale from {low} to {high}',
        '"{name}" menghasilkan {score}, di luar skalanya {low} sampai {high}',
    ),
    "K321": _error(
        '"{name}" has no answer of its own',
        '"{name}" tidak punya isian sendiri',
        "Fill in: {facts}.",
        "Isilah: {facts}.",
    ),
    "K322": _error(
        '{count} cases hold for "{name}" here, and exactly one must',
        '{count} kasus berlaku untuk "{name}" di sini, padahal harus tepat satu',
    ),
    "K323": _error(
        '"{name}" is refused: {text}',
        '"{name}" ditolak: {text}',
    ),
    "K324": _error(
        'no grade of "{name}" holds {score}',
        'tidak ada predikat "{name}" yang memuat {score}',
        "The rubric has to be mended.",
        "Rubriknya harus diperbaiki.",
    ),
    "K325": _error(
        'the grades {grades} of "{name}" all hold {score}',
        'predikat {grades} pada "{name}" semuanya memuat {score}',
        "The rubric has to be mended; no grade wins by standing first.",
        "Rubriknya harus diperbaiki; tidak ada predikat yang menang karena urutan.",
    ),
    "K326": _error(
        '"{name}" is answered and also said not to apply',
        '"{name}" diisi sekaligus dinyatakan tidak berlaku',
        "Keep one of the two.",
        "Pilih salah satu.",
    ),
    "K327": _error(
        '"{name}" is written as {text}, which means {value} here',
        '"{name}" ditulis {text}, yang di sini berarti {value}',
        "Write {value}; if thousands are meant, leave the point out.",
        "Tulis {value}; bila maksudnya ribuan, hilangkan titiknya.",
    ),
    "K328": _error(
        '"{name}" holds a value of type {type} that fails when it is read: {problem}',
        '"{name}" berisi nilai bertipe {type} yang gagal saat dibaca: {problem}',
        "Pass a plain number, text, truth value or list.",
        "Berikan bilangan, teks, nilai benar-salah, atau daftar biasa.",
    ),
    "K330": _error(
        '"{name}" is missing',
        '"{name}" belum diisi',
        "Needed for: {nodes}.",
        "Diperlukan untuk: {nodes}.",
    ),
    "K331": _error(
        "everything that applies was left out, so there is nothing to add up: {nodes}",
        "semua yang berlaku dikeluarkan, sehingga tidak ada yang dijumlahkan: {nodes}",
        "Answer at least one of them.",
        "Isi paling sedikit satu di antaranya.",
    ),
    "K332": _error(
        "nothing in this rubric applies here",
        "tidak ada bagian rubrik ini yang berlaku di sini",
    ),
    # --- K4xx: notes on a result
    "K401": _information(
        '"{name}" is stated, and does not apply here',
        '"{name}" diisi, padahal tidak berlaku di sini',
    ),
    "K402": _information(
        'no evidence is named for "{name}"',
        'bukti untuk "{name}" tidak disebutkan',
        "Expected: {evidence}.",
        "Yang diharapkan: {evidence}.",
    ),
    "K403": _information(
        '"{name}" is stated by "{by}", and "{assessor}" is responsible for it',
        '"{name}" diisi oleh "{by}", padahal penilainya "{assessor}"',
    ),
    "K404": _information(
        "the sheet has no date, so nobody can say whether the rubric was in force",
        "lembar ini tidak bertanggal, jadi tidak dapat dipastikan apakah rubrik ini berlaku",
    ),
    "K405": _information(
        '"{name}" is not answered and left out; the other weights count for more',
        '"{name}" tidak diisi dan dikeluarkan; bobot yang lain menjadi lebih besar',
    ),
    "K406": _information(
        '"{name}" is left out: {reason}',
        '"{name}" dikeluarkan: {reason}',
    ),
    "K407": _information(
        '"{name}" is written as {text}: the point is a decimal point',
        '"{name}" ditulis {text}: titiknya adalah titik desimal',
        "If thousands are meant, leave the point out.",
        "Bila maksudnya ribuan, hilangkan titiknya.",
    ),
    # --- K5xx: files, ids and calls
    "K501": _error(
        'there is no rubric "{name}"',
        'tidak ada rubrik "{name}"',
        "Rubrics: {known}; or give the path of a file.",
        "Rubrik yang ada: {known}; atau sebut jalur berkas.",
    ),
    "K502": _error(
        '"{name}" cannot be read: {problem}',
        '"{name}" tidak dapat dibaca: {problem}',
    ),
    "K503": _error(
        "this is not a sheet: it does not begin with `kinerja-sheet: 1`",
        "ini bukan lembar penilaian: tidak diawali `kinerja-sheet: 1`",
    ),
    "K504": _error(
        'the sheet is for "{asked}", not for "{rubric}"',
        'lembar ini untuk "{asked}", bukan untuk "{rubric}"',
    ),
    "K505": _error(
        'the rubric has no reading "{name}"',
        'rubrik tidak punya tafsir "{name}"',
        "Readings: {known}.",
        "Tafsir yang ada: {known}.",
    ),
    "K506": _error(
        'the reading "{reading}" has no alternative "{name}"',
        'tafsir "{reading}" tidak punya alternatif "{name}"',
        "Alternatives: {known}.",
        "Alternatif yang ada: {known}.",
    ),
    "K507": _error(
        "the readings {readings} change {path} differently",
        "tafsir {readings} mengubah {path} secara berbeda",
        "Take one of them.",
        "Pilih salah satu.",
    ),
    "K508": _error(
        'the result has no node "{name}"',
        'hasil ini tidak punya simpul "{name}"',
    ),
    "K509": _error(
        "the result is not complete",
        "hasil ini belum lengkap",
    ),
    "K510": _error(
        "facts are a mapping from names to values, not {found}",
        "isian adalah pemetaan dari nama ke nilai, bukan {found}",
    ),
    "K511": _error(
        'the rubric "{name}" has no edition "{edition}"',
        'rubrik "{name}" tidak punya edisi "{edition}"',
        "Editions: {known}.",
        "Edisi: {known}.",
    ),
    "K512": _error(
        '"--read {text}" is not of the form READING=ALTERNATIVE',
        '"--read {text}" tidak berbentuk TAFSIR=ALTERNATIF',
    ),
    "K514": _error(
        "this is not JSON: {problem}",
        "ini bukan JSON: {problem}",
    ),
    "K515": _error(
        'this is not a trail of the format "{format}"',
        'ini bukan jejak dengan format "{format}"',
    ),
    "K516": _error(
        "{kind} is expected in the trail, not {found}",
        "di jejak ini diharapkan {kind}, bukan {found}",
    ),
    "K517": _error(
        'a trail has no key "{key}" here',
        'jejak tidak punya kunci "{key}" di sini',
    ),
    "K518": _error(
        'there is no file "{name}"',
        'tidak ada berkas "{name}"',
    ),
    "K519": _error(
        '"{name}" is a folder or a device, not a file',
        '"{name}" adalah folder atau perangkat, bukan berkas',
    ),
    "K520": _error(
        '"{found}" means nothing at this place of a trail',
        '"{found}" tidak berarti apa-apa di tempat ini dalam jejak',
        "Possible: {known}.",
        "Yang mungkin: {known}.",
    ),
    "K521": _error(
        'the trail has no node "{name}"',
        'jejak tidak memuat simpul "{name}"',
    ),
    "K522": _error(
        'a trail writes "{text}" as "{exact}"',
        'jejak menulis "{text}" sebagai "{exact}"',
    ),
    "K523": _error(
        "a {expected} is expected here, not {found}",
        "di sini diharapkan {expected}, bukan {found}",
        "Load it first: kinerja.load(...).",
        "Muat dahulu: kinerja.load(...).",
    ),
    "K524": _error(
        "a mapping of type {type} fails when it is read: {problem}",
        "pemetaan bertipe {type} gagal saat dibaca: {problem}",
        "Pass a plain dict.",
        "Berikan dict biasa.",
    ),
    "K525": _error(
        "there are more than {limit} names here",
        "di sini ada lebih dari {limit} nama",
        "Pass one sheet at a time; a mapping must not hold itself.",
        "Berikan satu lembar setiap kali; pemetaan tidak boleh memuat dirinya sendiri.",
    ),
    "K526": _error(
        'the node "{name}" stands below more than one node of the trail, below itself, or too deep',
        'simpul "{name}" berada di bawah lebih dari satu simpul jejak, di bawah dirinya sendiri, atau terlalu dalam',
        "Evaluate the sheet again: a trail that the library wrote is a tree of at most {limit} levels.",
        "Nilai ulang lembarnya: jejak yang ditulis pustaka ini berbentuk pohon dengan paling banyak {limit} tingkat.",
    ),
    "K531": _error(
        "this table has no rows",
        "tabel ini tidak punya baris",
        "The first line names the columns; each line below it is one subject.",
        "Baris pertama menyebut nama kolom; setiap baris di bawahnya satu subjek.",
    ),
    "K532": _error(
        "this row has {found} cells, and the header {expected}",
        "baris ini punya {found} sel, padahal kepala tabel {expected}",
        "A cell with the separator or a line break in it needs double quotes.",
        "Sel yang memuat pemisah atau ganti baris perlu tanda kutip ganda.",
    ),
    "K533": _error(
        'the column "{column}" means nothing in this rubric',
        'kolom "{column}" tidak berarti dalam rubrik ini',
        "A column is a fact, FACT.OPTION of a set, PATH.score, subject.NAME, period, date, basis or note.",
        "Kolom berisi isian, ISIAN.PILIHAN dari sebuah himpunan, JALUR.score, subject.NAMA, period, date, basis, "
        "atau note.",
    ),
    "K534": _error(
        'the column "{column}" stands twice; the first is at {first}',
        'kolom "{column}" ada dua kali; yang pertama di {first}',
        "Delete one of them.",
        "Hapus salah satunya.",
    ),
    "K535": _information(
        '{column}: "{text}" was read as {value}',
        '{column}: "{text}" dibaca sebagai {value}',
    ),
    "K536": _error(
        'the subject "{subject}" already has a row for this period, at {first}',
        'subjek "{subject}" sudah punya baris untuk periode ini, di {first}',
        "Keep one of them, or tell them apart by `period` or `basis`.",
        "Pilih salah satu, atau bedakan dengan `period` atau `basis`.",
    ),
    "K537": _error(
        '"{text}" is {whole} in Indonesian writing and {text} in English',
        '"{text}" berarti {whole} dalam penulisan Indonesia dan {text} dalam penulisan Inggris',
        "Say which is meant: `--locale id` or `--locale en`.",
        "Nyatakan mana yang dimaksud: `--locale id` atau `--locale en`.",
    ),
    "K538": _error(
        '"{name}" has no column for some of its options: {absent}',
        '"{name}" tidak punya kolom untuk sebagian pilihannya: {absent}',
        "Give every option a column of true and false, or none.",
        "Beri setiap pilihan sebuah kolom berisi true atau false, atau tidak satu pun.",
    ),
    "K539": _error(
        '"{name}" is empty, and another option of "{fact}" is answered',
        '"{name}" kosong, padahal pilihan lain dari "{fact}" diisi',
        "Write true or false for each option.",
        "Tulis true atau false untuk setiap pilihan.",
    ),
    "K540": _error(
        '"{text}" stands in a column without a name',
        '"{text}" ada di kolom tanpa nama',
        "Name the column in the header, or empty the cell.",
        "Beri nama kolom itu di kepala tabel, atau kosongkan sel ini.",
    ),
    "K541": _error(
        "this table has more than {limit} columns",
        "tabel ini punya lebih dari {limit} kolom",
    ),
    "K542": _error(
        "this table has more than {limit} rows",
        "tabel ini punya lebih dari {limit} baris",
        "Score it by columns: `kinerja score` with --engine polars, or with -o FILE.parquet.",
        "Nilai per kolom: `kinerja score` dengan --engine polars, atau dengan -o BERKAS.parquet.",
    ),
    "K543": _error(
        "and at least {count} more like these",
        "dan sedikitnya {count} lagi seperti ini",
    ),
    "K544": _error(
        '"{name}" cannot be written: {problem}',
        '"{name}" tidak dapat ditulis: {problem}',
    ),
    "K545": _error(
        'results are written as .csv or .jsonl, not as "{name}"',
        'hasil ditulis sebagai .csv atau .jsonl, bukan sebagai "{name}"',
    ),
    "K546": _error(
        '"{name}" is read here, and nothing is written over it',
        '"{name}" dibaca di sini; tidak ada yang ditulis di atasnya',
        "Choose another name.",
        "Pilih nama lain.",
    ),
    "K547": _error(
        '"{name}" has several editions, and nothing says which one is meant',
        '"{name}" punya beberapa edisi, dan tidak ada yang menyatakan edisi mana yang dimaksud',
        "Name the edition, or the day whose rules apply: `date` in a sheet, `--on`, or `on=` in Python. "
        "Editions: {known}.",
        "Sebut edisinya, atau hari yang aturannya dipakai: `date` di lembar penilaian, `--on`, atau `on=` di Python. "
        "Edisi: {known}.",
    ),
    "K548": _error(
        'no edition of "{name}" is in force on {date}',
        'tidak ada edisi "{name}" yang berlaku pada {date}',
        "Editions: {known}; each ends before its second day.",
        "Edisi: {known}; masing-masing berakhir sebelum tanggal keduanya.",
    ),
    "K549": _error(
        'several editions of "{name}" are in force on {date}: {editions}',
        'beberapa edisi "{name}" berlaku pada {date}: {editions}',
        "End one where the next begins: `valid: {{until: DATE}}` names the first day of the next.",
        "Akhiri edisi yang satu di awal edisi berikutnya: `valid: {{until: TANGGAL}}` menyebut hari pertama edisi "
        "berikutnya.",
    ),
    "K550": _error(
        '"{name}" stands in several files: {files}',
        '"{name}" ada di beberapa berkas: {files}',
        "Keep one of them, or give each an `edition` of its own.",
        "Simpan salah satunya, atau beri masing-masing `edition` sendiri.",
    ),
    "K551": _error(
        'this row belongs to the edition "{edition}", and the one at {first} to "{other}"',
        'baris ini termasuk edisi "{edition}", sedangkan baris di {first} termasuk "{other}"',
        "The columns of a table are those of one edition: give the rows of each edition a file of their own.",
        "Kolom sebuah tabel mengikuti satu edisi: pisahkan baris tiap edisi ke dalam berkas sendiri.",
    ),
    "K552": _error(
        '"{name}" belongs to the edition "{edition}", and "{first}" to "{other}"',
        '"{name}" termasuk edisi "{edition}", sedangkan "{first}" termasuk "{other}"',
        "The columns of a CSV are those of one edition: write the results of each edition to a file of their own, "
        "or all of them to a .jsonl.",
        "Kolom CSV mengikuti satu edisi: tulis hasil tiap edisi ke berkas sendiri, atau semuanya ke .jsonl.",
    ),
    "K553": _error(
        'no check has a code that begins with "{text}"',
        'tidak ada pemeriksaan dengan kode yang diawali "{text}"',
        "Write a code such as K203, or its beginning such as K21. What keeps a rubric from being read is always told.",
        "Tulis kode seperti K203, atau awalnya seperti K21. Yang membuat rubrik tidak terbaca selalu disebut.",
    ),
    "K554": _error(
        'there is no code "{text}"',
        'tidak ada kode "{text}"',
        "Write one as it stands in a finding, such as K203.",
        "Tulis seperti tercantum pada temuan, misalnya K203.",
    ),
    "K555": _error(
        "nothing was named that could be checked",
        "tidak ada yang disebut untuk diperiksa",
        "Name rubrics: `kinerja check RUBRIC...`, or a code: `kinerja check --explain CODE`.",
        "Sebut rubriknya: `kinerja check RUBRIK...`, atau kodenya: `kinerja check --explain KODE`.",
    ),
    "K556": _error(
        "the option {option} has no effect here: {why}",
        "opsi {option} tidak berpengaruh di sini: {why}",
        "Leave it out.",
        "Tinggalkan opsi itu.",
    ),
    # --- K56x: tests of a rubric
    "K560": _error(
        "{library} is not installed, and these tests are made with it",
        "{library} belum terpasang, padahal pengujian ini memerlukannya",
        "Install the extra: pip install 'kinerja[testing]'",
        "Pasang tambahannya: pip install 'kinerja[testing]'",
    ),
    "K561": _error(
        '"{name}" is fixed for all sheets, and the rubric has no fact of this name',
        '"{name}" ditetapkan untuk semua lembar, padahal rubrik tidak mengenal isian itu',
        '`configuration` maps names of facts to values: `configuration={{"lokasi": "kumuh"}}`.',
        '`configuration` memetakan nama isian ke nilainya: `configuration={{"lokasi": "kumuh"}}`.',
    ),
    "K562": _error(
        '"{name}" cannot be fixed at {value}, which is no answer to it',
        '"{name}" tidak dapat ditetapkan pada {value}, yang bukan jawabannya',
        "Fix it at a value that a sheet may state.",
        "Tetapkan nilai yang boleh diisikan pada lembar.",
    ),
    "K563": _error(
        "a configuration is a mapping from facts to values, or True for any, not {found}",
        "konfigurasi adalah pemetaan isian ke nilai, atau True untuk semua keadaan, bukan {found}",
        'Leave it out, or name what is to be fixed: `configuration={{"lokasi": "kumuh"}}`.',
        'Hapus argumennya, atau sebut yang ditetapkan: `configuration={{"lokasi": "kumuh"}}`.',
    ),
    "K564": _error(
        "`{name}` is a whole number from 1 on, not {value}",
        "`{name}` adalah bilangan bulat mulai dari 1, bukan {value}",
        "A rubric has at least one level with one indicator in it.",
        "Rubrik memiliki sedikitnya satu tingkat dengan satu indikator.",
    ),
    # --- K57x: vectors and coverage
    "K570": _error(
        'vectors are kept as .csv or .json, not as "{name}"',
        'vektor uji disimpan sebagai .csv atau .json, bukan sebagai "{name}"',
    ),
    "K571": _error(
        "{name}: {word} is {found} here, and {expected} by the rubric",
        "{name}: di sini {word} adalah {found}, sedangkan menurut rubrik {expected}",
        "One of the two is wrong: see what the source says of these facts.",
        "Salah satunya keliru: periksa bunyi sumber untuk isian ini.",
    ),
    "K572": _error(
        "nothing in this file says what has to come of a row",
        "berkas ini tidak menyebut hasil yang diharapkan pada satu baris pun",
        "Name a column after what it holds: {words}. `kinerja test RUBRIC --vectors FILE.csv` writes them all.",
        "Beri nama kolom menurut isinya: {words}. `kinerja test RUBRIK --vectors BERKAS.csv` menulis semuanya.",
    ),
    "K573": _error(
        'no result is called "{word}"',
        'tidak ada hasil yang bernama "{word}"',
        "There are {known}.",
        "Yang ada: {known}.",
    ),
    "K574": _error(
        "this is not what a file of vectors of the format 1 has here",
        "di sini isinya tidak seperti pada berkas vektor uji dengan format 1",
        "Start from a file that `kinerja test RUBRIC --vectors FILE.json` has written.",
        "Mulailah dari berkas yang ditulis `kinerja test RUBRIK --vectors BERKAS.json`.",
    ),
    "K575": _error(
        'the vectors are of the rubric "{asked}", not of "{rubric}"',
        'vektor uji ini untuk rubrik "{asked}", bukan untuk "{rubric}"',
    ),
    "K576": _error(
        'what was reached of "{name}" cannot be counted with what was reached of "{rubric}": their rules differ',
        'yang tercapai pada "{name}" tidak dapat digabung dengan yang tercapai pada "{rubric}": aturannya berbeda',
    ),
    "K577": _error(
        "{name}: the number {value} has decimals without an end, and no locale writes it",
        "{name}: desimal bilangan {value} tidak berakhir, sehingga tidak dapat ditulis menurut lokal mana pun",
        "Write the table without `--locale`: fractions then stay as in the rubric.",
        "Tulis tabelnya tanpa `--locale`: pecahan lalu tetap seperti dalam rubrik.",
    ),
    "K578": _error(
        'the rubric has no node "{name}"',
        'rubrik tidak punya simpul "{name}"',
        "Name a node by its path, such as those in a trail; `total` is the whole.",
        "Sebut simpul dengan jalurnya, seperti dalam jejak; `total` adalah keseluruhan.",
    ),
    "K590": _error(
        "several sheets are expected, one after the other; found: {found}",
        "yang diharapkan beberapa lembar, satu demi satu; yang ditemukan: {found}",
        'Pass a list or any other iterable of sheets; a single one goes to "evaluate".',
        'Berikan daftar lembar atau rangkaian lain; satu lembar saja diberikan kepada "evaluate".',
    ),
    "K591": _error(
        "an assessment cannot be pickled: it goes on asking the evaluator that made it",
        "penilaian tidak dapat disimpan dengan pickle: ia masih bertanya kepada evaluator yang membuatnya",
        'Send what is needed of it, such as "total", or everything that can be said of it: "trail", which is data.',
        'Kirim yang diperlukan saja, misalnya "total", atau semua yang dapat dikatakan: "trail", yang berupa data.',
    ),
    # --- K60x: verifying a trail
    "K601": _error(
        "here the trail says {stored}; computed again it is {computed}",
        "di sini jejak berisi {stored}; dihitung ulang hasilnya {computed}",
        "The facts, or what was made of them, were changed after this trail was written by {library}.",
        "Isiannya, atau hasil yang dibuat darinya, berubah setelah jejak ini ditulis oleh {library}.",
    ),
    "K602": _error(
        'this trail was made by rules of the identity {stored}; the rubric "{rubric}" has {computed}',
        'jejak ini dibuat menurut aturan beridentitas {stored}; rubrik "{rubric}" beridentitas {computed}',
        "Verify it with the rubric that it was made by; under any other, other figures are right.",
        "Periksa dengan rubrik yang dipakai saat itu; menurut rubrik lain angka yang benar juga lain.",
    ),
    "K603": _error(
        "here stands {value}, which is not what was sealed with this trail",
        "di sini tertulis {value}, bukan isi yang disegel bersama jejak ini",
        "Something that the sheet stated was changed after the trail was written.",
        "Ada isian lembar yang diubah setelah jejak ini ditulis.",
    ),
    "K604": _error(
        'what was stated for "{name}" cannot be stated again: {value}',
        'isian untuk "{name}" tidak dapat diisikan kembali: {value}',
        "A program handed over something that no file can hold; evaluate its sheet anew.",
        "Sebuah program memberikan nilai yang tidak dapat disimpan dalam berkas; nilai lembarnya sekali lagi.",
    ),
    "K605": _error(
        "this trail has no check digits, so nobody can tell whether its facts were changed",
        "jejak ini tidak punya segel, sehingga tidak dapat diketahui apakah isiannya diubah",
        "Evaluate the sheet again; a trail of this version has them.",
        "Nilai lembarnya sekali lagi; jejak dari versi ini memilikinya.",
    ),
    "K606": _error(
        'no rubric "{id}" of the edition {edition} comes with the library',
        'pustaka ini tidak membawa rubrik "{id}" edisi {edition}',
        "Name the rubric to verify by: --rubric FILE, or verify(trail, rubric).",
        "Sebut rubriknya: --rubric BERKAS, atau verify(trail, rubric).",
    ),
    # --- K609 to K62x: frames
    "K609": _error(
        "not exactly one row of the frame is meant by {id} (column: {column})",
        "{id} tidak menunjuk tepat satu baris bingkai data ini (kolom: {column})",
        "Name a column that tells the rows apart; without one the id is the place of a row, counted from 0, in a frame "
        "that is not lazy.",
        "Sebut kolom yang membedakan baris-barisnya; tanpa kolom, id adalah urutan baris mulai dari 0, dan bingkai "
        "datanya tidak boleh lazy.",
    ),
    "K610": _error(
        "a data frame is expected; found: {found}",
        "yang diharapkan bingkai data; yang ditemukan: {found}",
        "Pass a frame of Polars, pandas, PyArrow, DuckDB, Dask or PySpark (of Spark itself, not of Spark Connect); one "
        "sheet goes to `evaluate`, several to `evaluate_many`.",
        "Berikan bingkai data Polars, pandas, PyArrow, DuckDB, Dask, atau PySpark (dari Spark sendiri, bukan Spark "
        "Connect); satu lembar diberikan kepada `evaluate`, beberapa lembar kepada `evaluate_many`.",
    ),
    "K611": _error(
        "columns are missing: {names}",
        "kolom berikut tidak ada: {names}",
        "Columns are named after facts, as in a sheet; an answer that nobody has is an empty cell.",
        "Nama kolom sama dengan nama isian, seperti dalam lembar; jawaban yang tidak ada menjadi sel kosong.",
    ),
    "K612": _error(
        "these columns are of a type that they are not read from: {names}",
        "tipe kolom berikut tidak dapat dibaca: {names}",
        "Numbers are read from whole numbers, Float64 and decimals of up to 18 digits, in Polars, pandas and PyArrow "
        "also from Float32; choices from text (in Spark of the collation UTF8_BINARY), yes-no and the options of a set "
        "from truth values. Cast the columns before.",
        "Bilangan dibaca dari bilangan bulat, Float64, dan desimal sampai 18 angka, di Polars, pandas, dan PyArrow "
        "juga dari Float32; pilihan dari teks (di Spark dengan kolasi UTF8_BINARY), ya-tidak dan opsi himpunan dari "
        "nilai benar-salah. Ubah dulu tipe kolomnya.",
    ),
    "K613": _error(
        "there already are columns of the names that are to be added: {names}",
        "sudah ada kolom dengan nama yang akan ditambahkan: {names}",
        "Drop or rename them first; nothing is overwritten.",
        "Buang atau ganti dulu namanya; tidak ada yang ditimpa.",
    ),
    "K614": _error(
        'there is a column "{name}", and also columns that it is computed from: {parts}',
        'ada kolom "{name}" dan juga kolom penghitungnya: {parts}',
        "Columns are not compared with each other; keep one of the two.",
        "Kolom tidak dibandingkan satu sama lain; pertahankan salah satunya.",
    ),
    "K615": _error(
        "columns cannot compute {text} exactly",
        "{text} tidak dapat dihitung dengan tepat dalam kolom",
        "A quotient has to be rounded where it is computed (`round`), and an exponent has to be a number; or score "
        "row by row: `evaluate_many`, or `kinerja score` of a CSV without --engine.",
        "Hasil bagi harus dibulatkan di tempat nilainya dihitung (`round`), dan pangkat harus berupa bilangan; atau "
        "nilai baris demi baris: `evaluate_many`, atau `kinerja score` dari CSV tanpa --engine.",
    ),
    "K616": _error(
        "counted in its smallest steps, this may pass 2^63",
        "dihitung dalam langkah terkecilnya, nilai ini dapat melewati 2^63",
        "Narrow the bounds (`in`) or widen the steps (`step`) of the facts that go into it, or score row by row: "
        "`evaluate_many`, or `kinerja score` of a CSV without --engine.",
        "Persempit batas (`in`) atau perbesar langkah (`step`) isian yang dipakai, atau nilai baris demi baris: "
        "`evaluate_many`, atau `kinerja score` dari CSV tanpa --engine.",
    ),
    "K617": _error(
        "decimals of this fact are computed with, and the rubric does not say how many it has",
        "desimal isian ini ikut dihitung, dan rubrik tidak menyebut berapa banyak desimalnya",
        "Declare `step`, for example `step: 0.01` for hundredths.",
        "Cantumkan `step`, misalnya `step: 0.01` untuk perseratusan.",
    ),
    "K618": _error(
        "columns have to know the lowest and the highest value of this fact, in at most 15 digits",
        "kolom perlu tahu nilai terendah dan tertinggi isian ini, dengan paling banyak 15 angka",
        'Declare `in` with both ends, for example `in: "[0..1000]"`.',
        'Cantumkan `in` dengan kedua ujungnya, misalnya `in: "[0..1000]"`.',
    ),
    "K619": _error(
        'no trail of a frame is called "{found}"',
        'tidak ada jejak bingkai data yang bernama "{found}"',
        "There are {known}.",
        "Yang ada: {known}.",
    ),
    "K620": _error(
        "{text} has no exact value, and rows near a bound cannot be settled one by one in a lazy frame or a file",
        "{text} tidak punya nilai tepat, dan dalam bingkai data yang lazy atau berkas baris di dekat batas tidak dapat "
        "diputuskan satu per satu",
        "Collect a frame first, for example with `collect()` in Polars or `to_arrow_table()` in DuckDB; score a file "
        "as a CSV without --engine.",
        "Jadikan dulu bingkai datanya nyata, misalnya dengan `collect()` di Polars atau `to_arrow_table()` di DuckDB; "
        "nilai berkas sebagai CSV tanpa --engine.",
    ),
    "K621": _error(
        "{text} may have no exact value, and is not rounded",
        "{text} mungkin tidak punya nilai tepat, dan tidak dibulatkan",
        "Declare `round` where it is computed, for example `round: {{to: 0.01, mode: half-up}}`, or score row "
        "by row: `evaluate_many`, or `kinerja score` of a CSV without --engine.",
        "Cantumkan `round` di tempat nilainya dihitung, misalnya `round: {{to: 0.01, mode: half-up}}`, atau nilai "
        "baris demi baris: `evaluate_many`, atau `kinerja score` dari CSV tanpa --engine.",
    ),
    "K622": _error(
        "there is more than one column of the same name: {names}",
        "ada lebih dari satu kolom dengan nama yang sama: {names}",
        "Nobody could tell which of them is meant; drop or rename the others first.",
        "Tidak dapat diketahui kolom mana yang dimaksud; buang atau ganti dulu nama yang lain.",
    ),
    "K623": _error(
        "where this column is empty the figure is computed from parts that mean something without an answer, and in a "
        "lazy frame or a file single rows cannot be settled",
        "jika kolom ini kosong, nilainya dihitung dari bagian yang punya arti tanpa jawaban, dan dalam bingkai data "
        "yang lazy atau berkas baris tidak dapat diputuskan satu per satu",
        "Give the parts instead of the figure; or collect a frame first, and score a file as a CSV without --engine.",
        "Berikan bagian-bagiannya sebagai ganti angka itu; atau jadikan dulu bingkai datanya nyata, dan nilai berkas "
        "sebagai CSV tanpa --engine.",
    ),
    "K624": _error(
        "this is counted in steps of about 10^{power}, and no float comes near that",
        "nilai ini dihitung dalam langkah sekitar 10^{power}, yang tidak terjangkau bilangan float",
        "Use scores of fewer digits, or combine fewer of them; or score row by row: `evaluate_many`, or `kinerja "
        "score` of a CSV without --engine.",
        "Pakai nilai dengan lebih sedikit angka, atau gabungkan lebih sedikit; atau nilai baris demi baris: "
        "`evaluate_many`, atau `kinerja score` dari CSV tanpa --engine.",
    ),
    "K625": _error(
        "this is computed from facts that are computed from facts, more than {limit} one after another",
        "ini dihitung dari isian yang dihitung dari isian lain, lebih dari {limit} berturut-turut",
        "Give one of the figures in between as a column, instead of what it is computed from; or score row by row: "
        "`evaluate_many`, or `kinerja score` of a CSV without --engine.",
        "Berikan salah satu angka di tengah rantainya sebagai kolom, sebagai ganti bagian-bagiannya; atau nilai baris "
        "demi baris: `evaluate_many`, atau `kinerja score` dari CSV tanpa --engine.",
    ),
    # --- K63x to K65x: files scored by columns
    "K630": _error(
        'the engine "{engine}" needs the library {library}, which is not installed',
        'mesin "{engine}" memerlukan pustaka {library}, yang belum terpasang',
        "Install it: pip install 'kinerja[{engine}]'.",
        "Pasang dengan: pip install 'kinerja[{engine}]'.",
    ),
    "K631": _error(
        '"{name}" is not a whole Parquet file',
        '"{name}" bukan berkas Parquet yang utuh',
        "It is cut off, or something else under that name: copy or export it anew.",
        "Berkasnya terpotong, atau isinya bukan Parquet: salin atau ekspor ulang.",
    ),
    "K632": _error(
        "these columns hold more than one value in a cell, or none that has a text: {names}",
        "kolom berikut berisi lebih dari satu nilai dalam satu sel, atau nilai yang tidak berbentuk teks: {names}",
        "A fact has a plain column with a dotted name, such as `longgar.panjang`; a CSV holds plain columns only.",
        "Isian memakai kolom biasa dengan nama bertitik, misalnya `longgar.panjang`; CSV hanya memuat kolom biasa.",
    ),
    "K633": _error(
        'the engine "{engine}" reads and writes no file such as "{name}"',
        'mesin "{engine}" tidak membaca atau menulis berkas seperti "{name}"',
        "polars reads and writes .csv and .parquet; duckdb reads .parquet and writes both; spark only .parquet.",
        "polars membaca dan menulis .csv dan .parquet; duckdb membaca .parquet dan menulis keduanya; spark hanya "
        ".parquet.",
    ),
    "K634": _error(
        '"{name}" does not have the columns of "{first}": {names}',
        'kolom "{name}" tidak sama dengan kolom "{first}": {names}',
        "Files that become one have the same columns, of the same types, in the same order.",
        "Berkas yang digabung harus punya kolom yang sama, dengan tipe yang sama, dalam urutan yang sama.",
    ),
    "K635": _error(
        'by columns, .csv and .parquet are read and written, not "{name}"',
        'per kolom, yang dibaca dan ditulis hanya .csv dan .parquet, bukan "{name}"',
        "Sheets in YAML or JSON, and trails in .jsonl, go without --engine and without .parquet.",
        "Lembar YAML atau JSON, dan jejak .jsonl, dinilai tanpa --engine dan tanpa .parquet.",
    ),
    "K636": _error(
        "files that become one are all .csv or all .parquet: {names}",
        "berkas yang digabung harus semuanya .csv atau semuanya .parquet: {names}",
    ),
    "K637": _error(
        "a cell of this row, or the row, has more than {limit} characters",
        "sebuah sel di baris ini, atau barisnya, lebih panjang dari {limit} karakter",
        "Perhaps a double quote begins here that nobody has closed; if not, give the table as Parquet, whose cells may "
        "have any length.",
        "Mungkin ada tanda kutip ganda yang dibuka di sini dan tidak ditutup; jika tidak, berikan tabelnya sebagai "
        "Parquet, yang selnya boleh sepanjang apa pun.",
    ),
    "K638": _information(
        '{column}: "{text}" has more digits than a column of numbers holds: scored as it stands, and left empty here',
        '{column}: "{text}" punya lebih banyak angka daripada yang dimuat kolom bilangan: dinilai apa adanya, dan di '
        "sini dikosongkan",
    ),
    "K639": _error(
        'there is already something at "{name}"',
        'sudah ada sesuatu di "{name}"',
        "Choose another name, or delete it first: a folder is not written over.",
        "Pilih nama lain, atau hapus dulu: folder tidak ditimpa.",
    ),
    "K640": _error(
        'stopped before the end; nothing was written to "{name}"',
        'dihentikan sebelum selesai; tidak ada yang ditulis ke "{name}"',
    ),
    "K641": _error(
        'the engine "{engine}" does not take in what these columns state: {names}',
        'mesin "{engine}" tidak mengolah isi kolom ini: {names}',
        "Score the file with the engine polars, or leave these columns out.",
        "Nilai berkas ini dengan mesin polars, atau tinggalkan kolom-kolom itu.",
    ),
    "K642": _information(
        "the exact total {total} is no whole number of 1/{scale}: `total.scaled` is left empty",
        "nilai total persisnya {total}, bukan kelipatan 1/{scale}: `total.scaled` dikosongkan",
    ),
    "K643": _error(
        "this table is {size} bytes long or longer; read row by row it may have {limit}",
        "tabel ini {size} bita atau lebih; dibaca baris demi baris, paling banyak {limit}",
        "Score it by columns: `kinerja score` with --engine polars, or with -o FILE.parquet.",
        "Nilai per kolom: `kinerja score` dengan --engine polars, atau dengan -o BERKAS.parquet.",
    ),
    "K645": _error(
        "columns are scored into a file, and none is named",
        "penilaian per kolom ditulis ke berkas, dan berkasnya belum disebut",
        "Name one: -o FILE.parquet or -o FILE.csv.",
        "Sebut berkasnya: -o BERKAS.parquet atau -o BERKAS.csv.",
    ),
    "K647": _error(
        '"{name}" cannot be read to its end: {problem}',
        '"{name}" tidak dapat dibaca sampai akhir: {problem}',
        "Something in it is damaged, or of a kind that this engine does not read: export it anew, or try another.",
        "Ada isinya yang rusak, atau yang jenisnya tidak dibaca mesin ini: ekspor ulang, atau coba mesin lain.",
    ),
    "K648": _error(
        'the description of the columns of "{name}" takes {size} bytes; {limit} are allowed',
        'uraian kolom "{name}" memakan {size} bita; paling banyak {limit}',
    ),
    "K649": _error(
        'there is no engine "{found}"',
        'tidak ada mesin "{found}"',
        "There are {known}.",
        "Yang ada: {known}.",
    ),
    "K650": _error(
        'Spark passes over "{name}", or cannot open it, because of its name',
        'Spark melewati "{name}", atau tidak dapat membukanya, karena namanya',
        "Rename it: the name of a file may not begin with . or _, nor hold a colon; and in no path stand both a colon "
        "and one of * ? [ ] {{ }}.",
        "Ganti namanya: nama berkas tidak boleh berawal . atau _ atau berisi titik dua; dan titik dua tidak boleh "
        "berada dalam satu jalur dengan * ? [ ] {{ }}.",
    ),
    "K651": _error(
        'the engine "{engine}" stopped, and named no file: {problem}',
        'mesin "{engine}" berhenti tanpa menyebut berkas: {problem}',
        "Nothing was written. It may be an input, the disk or the engine itself; its own log says more.",
        "Tidak ada yang ditulis. Penyebabnya dapat berkas masukan, disk, atau mesinnya sendiri; log mesin itu "
        "menyebut lebih banyak.",
    ),
    "K652": _error(
        '"{name}" was changed, replaced or removed while it was read',
        '"{name}" diubah, diganti, atau dihapus selagi dibaca',
        "Nothing was written. Score it when it is complete and nothing writes to it any more, or score a copy.",
        "Tidak ada yang ditulis. Nilai setelah berkas itu lengkap dan tidak ada lagi yang menulisinya, atau nilai "
        "salinannya.",
    ),
}

PHRASES: dict[str, dict[Language, str]] = {
    "error": {"en": "error", "id": "galat"},
    "warning": {"en": "warning", "id": "peringatan"},
    "information": {"en": "information", "id": "informasi"},
    "help": {"en": "help", "id": "bantuan"},
    "example-sheet": {"en": "example sheet", "id": "lembar contoh"},
    "idle.--format to a file": {
        "en": "the results go to a file, and its name says in which form",
        "id": "hasilnya ditulis ke berkas, dan bentuknya menurut nama berkas itu",
    },
    "idle.--format of coverage": {
        "en": "it says how --coverage is told, and that is not asked for",
        "id": "opsi ini menyebut bentuk laporan --coverage, dan laporan itu tidak diminta",
    },
    "idle.--locale": {
        "en": "it says how numbers are written in a CSV, and none is given",
        "id": "opsi ini menyebut cara penulisan bilangan dalam CSV, dan tidak ada CSV yang diberikan",
    },
    "found-under": {"en": "under the reading", "id": "menurut tafsir"},
    "did-you-mean": {"en": 'Did you mean "{suggestion}"?', "id": 'Maksudnya "{suggestion}"?'},
    "comma-is-or": {
        "en": 'A comma means "or": "{text}" holds whatever meets either test. If what lies between is meant, write '
        '"{range}".',
        "id": 'Koma berarti "atau": "{text}" memuat apa pun yang memenuhi salah satunya. Bila maksudnya yang di antara '
        'keduanya, tulis "{range}".',
    },
    "dead.condition": {
        "en": "no answers that can occur meet its condition",
        "id": "tidak ada jawaban yang mungkin memenuhi syaratnya",
    },
    "dead.step": {
        "en": 'whoever gets this far has all of "{next}", too',
        "id": 'siapa pun yang sampai di sini sudah memenuhi "{next}" juga',
    },
    "dead.grade": {
        "en": "no score that can occur meets its condition",
        "id": "tidak ada nilai yang mungkin memenuhi syaratnya",
    },
    "dead.gate": {
        "en": "it is never failed",
        "id": "syarat ini tidak pernah gagal dipenuhi",
    },
    "idle.fact": {
        "en": "no condition and no formula reads it",
        "id": "tidak ada syarat atau rumus yang membacanya",
    },
    "idle.aside": {
        "en": "it stands aside, nothing names it, and it has neither title nor grades",
        "id": "letaknya di samping (`aside`), tidak ada yang menyebutnya, dan tanpa judul maupun predikat",
    },
    "idle.uncombined": {
        "en": "its group combines nothing, and nothing names it",
        "id": "kelompoknya tidak menggabungkan apa pun, dan tidak ada yang menyebutnya",
    },
    "idle.weight": {
        "en": "its weight is 0 on every sheet",
        "id": "bobotnya 0 di setiap lembar",
    },
    "idle.score": {
        "en": "its score is {score}, whatever is answered",
        "id": "nilainya {score}, apa pun jawabannya",
    },
    "edition": {
        "en": ", edition {edition}",
        "id": ", edisi {edition}",
    },
    "period": {
        "en": "Period {period}",
        "id": "Periode {period}",
    },
    "date": {
        "en": "date {date}",
        "id": "tanggal {date}",
    },
    "undated": {
        "en": "undated",
        "id": "tanpa tanggal",
    },
    "basis": {
        "en": "basis: {basis}",
        "id": "dasar: {basis}",
    },
    "result.complete": {
        "en": "Total {total}. Complete: every indicator that applies has a score.",
        "id": "Nilai total {total}. Lengkap: setiap indikator yang berlaku sudah bernilai.",
    },
    "result.incomplete": {
        "en": "No total yet: some answers are still missing.",
        "id": "Belum ada nilai total: masih ada isian yang kosong.",
    },
    "result.invalid": {
        "en": "No total yet: this sheet has answers that must be put right first.",
        "id": "Belum ada nilai total: lembar ini memuat isian yang harus dibetulkan dahulu.",
    },
    "result.nothing": {
        "en": "No total: nothing in this rubric applies here.",
        "id": "Tidak ada nilai total: tidak ada bagian rubrik ini yang berlaku di sini.",
    },
    "reweighed": {
        "en": "An indicator was left out, so the others count for more.",
        "id": "Ada indikator yang dikeluarkan, sehingga indikator yang lain lebih menentukan.",
    },
    "partial": {
        "en": "Provisionally {total}, over {weight} of the weight ({covers}). This is not a total, and "
        "gives no grade.",
        "id": "Nilai sementara {total}, dari bobot {weight} ({covers}). Ini bukan nilai total, dan belum memberi "
        "predikat apa pun.",
    },
    "partial.unweighted": {
        "en": "Provisionally {total} ({covers}). This is not a total, and gives no grade.",
        "id": "Nilai sementara {total} ({covers}). Ini bukan nilai total, dan belum memberi predikat apa pun.",
    },
    "problems": {
        "en": "To be put right",
        "id": "Yang harus dibetulkan",
    },
    "missing": {
        "en": "Still to be filled in",
        "id": "Yang masih harus diisi",
    },
    "notes": {
        "en": "Notes",
        "id": "Catatan",
    },
    "participants": {
        "en": "Taking part",
        "id": "Peserta",
    },
    "score": {
        "en": "score {score}",
        "id": "nilai {score}",
    },
    "score.stated": {
        "en": "score {score} as stated",
        "id": "nilai {score} (dinyatakan)",
    },
    "node.scored": {
        "en": "{score}, weight {weight}, gives {share}",
        "id": "{score}, bobot {weight}, menyumbang {share}",
    },
    "node.scored.unweighted": {
        "en": "{score}, gives {share}",
        "id": "{score}, menyumbang {share}",
    },
    "node.scored.alone": {
        "en": "{score}",
        "id": "{score}",
    },
    "node.missing": {
        "en": "no score yet",
        "id": "belum bernilai",
    },
    "node.invalid": {
        "en": "no score, see what has to be put right",
        "id": "tidak bernilai, lihat yang harus dibetulkan",
    },
    "node.not-applicable": {
        "en": "does not apply, only where {applies}",
        "id": "tidak berlaku, hanya bila {applies}",
    },
    "node.excluded": {
        "en": "left out, as it was not answered",
        "id": "dikeluarkan, karena tidak diisi",
    },
    "node.excluded.because": {
        "en": "left out: {reason}",
        "id": "dikeluarkan, dengan alasan: {reason}",
    },
    "stated": {
        "en": "Scores marked as stated stand in the sheet without the answers behind them; none was derived here.",
        "id": "Nilai yang bertanda (dinyatakan) ada di lembar tanpa isian di baliknya, tidak diturunkan di sini.",
    },
    "needs": {
        "en": "Still missing: {names}.",
        "id": "Masih kurang: {names}.",
    },
    "form": {
        "en": "Fill in {name}; the lines of the form:",
        "id": "Isilah {name}; baris-baris formulir:",
    },
    "form.lines": {
        "en": "The lines of the form:",
        "id": "Baris-baris formulir:",
    },
    "form.line-of": {
        "en": "- score {score}: {text}",
        "id": "- nilai {score}: {text}",
    },
    "readings-here": {
        "en": "This hangs on how the source is read ({readings}, see below).",
        "id": "Hasil ini bergantung pada tafsir {readings}, lihat di bawah.",
    },
    "fact.given": {
        "en": "Entered ({name}): {value}",
        "id": "Isian ({name}): {value}",
    },
    "fact.titled": {
        "en": "{name}: {value}",
        "id": "{name}: {value}",
    },
    "fact.derived": {
        "en": "Computed ({name}): {formula} = {value}",
        "id": "Dihitung ({name}): {formula} = {value}",
    },
    "fact.default": {
        "en": "Not filled in ({name}); by the rubric that counts as {value}",
        "id": "Tidak diisi ({name}); menurut rubrik itu dihitung sebagai {value}",
    },
    "fact.invalid": {
        "en": "Entered ({name}), and not usable: {value}",
        "id": "Isian ({name}) yang tidak dapat dipakai: {value}",
    },
    "fact.not-applicable": {
        "en": "Not applicable ({name})",
        "id": "Tidak berlaku ({name})",
    },
    "fact.by": {
        "en": "By: {text}",
        "id": "Oleh: {text}",
    },
    "fact.on": {
        "en": "On: {text}",
        "id": "Tanggal: {text}",
    },
    "fact.evidence": {
        "en": "Evidence: {text}",
        "id": "Bukti: {text}",
    },
    "fact.note": {
        "en": "Note: {text}",
        "id": "Keterangan: {text}",
    },
    "rounded": {
        "en": "Rounded from {before}, {rule}",
        "id": "Dibulatkan dari {before} {rule}",
    },
    "rounding": {
        "en": "{mode} to steps of {to}",
        "id": "ke kelipatan {to}, {mode}",
    },
    "mode.half-up": {
        "en": "half away from zero",
        "id": "tepat setengah menjauhi nol",
    },
    "mode.half-down": {
        "en": "half toward zero",
        "id": "tepat setengah mendekati nol",
    },
    "mode.half-even": {
        "en": "half to the even neighbour",
        "id": "tepat setengah ke kelipatan genap",
    },
    "mode.up": {
        "en": "away from zero",
        "id": "menjauhi nol",
    },
    "mode.down": {
        "en": "toward zero",
        "id": "mendekati nol",
    },
    "mode.floor": {
        "en": "down",
        "id": "ke bawah",
    },
    "mode.ceiling": {
        "en": "up",
        "id": "ke atas",
    },
    "yes": {
        "en": "yes",
        "id": "ya",
    },
    "no": {
        "en": "no",
        "id": "tidak",
    },
    "line": {
        "en": "Score {score} by the line {text}.",
        "id": "Nilai {score} menurut baris {text}.",
    },
    "not-line": {
        "en": "not {score}, as {value} does not meet {when}",
        "id": "bukan {score}, karena {value} tidak memenuhi {when}",
    },
    "next-line": {
        "en": "The line above, score {score}: {text}",
        "id": "Baris di atasnya, nilai {score}: {text}",
    },
    "sum": {
        "en": "How the total comes about",
        "id": "Cara nilai total dihitung",
    },
    "combine.weighted-sum": {
        "en": "Sum of weight × score: {terms} = {result}",
        "id": "Jumlah bobot × nilai: {terms} = {result}",
    },
    "combine.weighted-mean": {
        "en": "Mean by weight: ({terms}) / sum of weights = {result}",
        "id": "Rata-rata menurut bobot: ({terms}) / jumlah bobot = {result}",
    },
    "combine.sum": {
        "en": "Sum: {terms} = {result}",
        "id": "Jumlah: {terms} = {result}",
    },
    "combine.mean": {
        "en": "Mean of {scores} = {result}",
        "id": "Rata-rata dari {scores} = {result}",
    },
    "combine.min": {
        "en": "The least of {scores} = {result}",
        "id": "Terkecil dari {scores} = {result}",
    },
    "combine.max": {
        "en": "The greatest of {scores} = {result}",
        "id": "Terbesar dari {scores} = {result}",
    },
    "step.scale": {
        "en": "From the scale {low}–{high} to {bottom}–{top}: {before} becomes {result}",
        "id": "Dari skala {low}–{high} ke {bottom}–{top}: {before} menjadi {result}",
    },
    "step.round": {
        "en": "Rounded, {rule}: {before} becomes {result}",
        "id": "Dibulatkan {rule}: {before} menjadi {result}",
    },
    "readings": {
        "en": "How the source is read, where that changes this result",
        "id": "Tafsir atas sumber yang menentukan hasil ini",
    },
    "readings.rest": {
        "en": "Read as follows as well; the other readings give the same here",
        "id": "Tafsir lain yang dipakai; pilihan lainnya memberi hasil yang sama di sini",
    },
    "chosen": {
        "en": "Chosen for this result instead of the usual reading: {chosen}",
        "id": "Untuk hasil ini dipilih, sebagai ganti tafsir yang biasa: {chosen}",
    },
    "taken": {
        "en": "Taken: {taken} Because: {because}",
        "id": "Tafsir yang dipakai: {taken} Alasannya: {because}",
    },
    "taken.instead": {
        "en": "The usual one: {taken} Because: {because}",
        "id": "Tafsir yang biasa: {taken} Alasannya: {because}",
    },
    "own": {"en": "usual", "id": "seperti biasa"},
    "otherwise": {
        "en": "Read as {alternative}: {outcome}.",
        "id": "Bila dibaca {alternative}: {outcome}.",
    },
    "or": {
        "en": " or ",
        "id": " atau ",
    },
    "basis.self": {
        "en": "self-assessment",
        "id": "penilaian sendiri",
    },
    "assessor": {
        "en": "Assessor {id}: {title}",
        "id": "Penilai {id}: {title}",
    },
    "other.total": {
        "en": "the total would be {total}",
        "id": "nilai total menjadi {total}",
    },
    "other.needs": {
        "en": "no total without {names}",
        "id": "tidak ada nilai total tanpa {names}",
    },
    "other.more": {
        "en": "needed as well: {names}",
        "id": "perlu diisi juga: {names}",
    },
    "other.fewer": {
        "en": "not needed: {names}",
        "id": "tidak perlu diisi: {names}",
    },
    "other.incomplete": {
        "en": "no total, as answers are missing",
        "id": "tidak ada nilai total, karena ada isian yang kosong",
    },
    "other.invalid": {
        "en": "no total, as this sheet does not fit that reading",
        "id": "tidak ada nilai total, karena lembar ini tidak cocok dengan tafsir itu",
    },
    "sources": {
        "en": "Source: {sources}.",
        "id": "Dasar: {sources}.",
    },
    "identity": {
        "en": "Rubric {identity}, evaluated by {library}.",
        "id": "Rubrik {identity}, dinilai oleh {library}.",
    },
    "form.number": {"en": "No", "id": "No"},
    "form.indicator": {"en": "Indicator", "id": "Indikator"},
    "form.weight": {"en": "Weight", "id": "Bobot"},
    "form.score": {"en": "Score", "id": "Nilai"},
    "form.line": {"en": "Line of the form", "id": "Batasan penilaian"},
    "form.facts": {"en": "Facts that several rows use", "id": "Isian yang dipakai beberapa baris"},
    "form.applies": {"en": "Only where {applies}.", "id": "Hanya berlaku bila {applies}."},
    "form.where": {"en": "{weight} where {applies}", "id": "{weight} bila {applies}"},
    "form.or": {"en": ", or ", "id": ", atau "},
    "form.step": {"en": "in steps of {step}", "id": "kelipatan {step}"},
    "form.computed": {"en": "or computed: {formula}", "id": "atau dihitung: {formula}"},
    "form.readings": {
        "en": "Other readings of the source, for --read READING=ALTERNATIVE",
        "id": "Tafsir lain atas sumber, untuk --read TAFSIR=PILIHAN",
    },
    "explained.finds": {"en": "What it finds", "id": "Yang ditemukan"},
    "explained.said": {"en": "What is said", "id": "Bunyinya"},
    "explained.why": {"en": "Why it matters", "id": "Mengapa penting"},
    "explained.example": {"en": "Example", "id": "Contoh"},
    "explained.mended": {"en": "Instead", "id": "Seharusnya"},
    "explained.do": {"en": "What to do", "id": "Yang perlu dilakukan"},
    "check": {
        "en": "{rubric}: errors {errors}, other findings {others}",
        "id": "{rubric}: galat {errors}, temuan lain {others}",
    },
    "test": {
        "en": "{rubric}: examples that hold {held}, that fail {failed}",
        "id": "{rubric}: contoh yang sesuai {held}, yang gagal {failed}",
    },
    "vectors": {
        "en": "{name}: vectors written {count}",
        "id": "{name}: vektor uji yang ditulis {count}",
    },
    "against": {
        "en": "{name}: rows that agree {held}, that differ {failed}",
        "id": "{name}: baris yang sesuai {held}, yang berbeda {failed}",
    },
    "coverage.node": {"en": "Node", "id": "Simpul"},
    "coverage.kind": {"en": "Kind", "id": "Jenis"},
    "coverage.reached": {"en": "Reached", "id": "Tercapai"},
    "coverage.missing": {"en": "Not reached", "id": "Belum tercapai"},
    "coverage.all": {"en": "Altogether", "id": "Seluruhnya"},
    "coverage.band": {"en": "bands", "id": "batasan"},
    "coverage.level": {"en": "levels", "id": "jenjang"},
    "coverage.step": {"en": "steps", "id": "langkah"},
    "coverage.gate-passed": {"en": "gates passed", "id": "syarat terpenuhi"},
    "coverage.gate-failed": {"en": "gates failed", "id": "syarat gagal"},
    "coverage.grade": {"en": "grades", "id": "predikat"},
    "coverage.reading": {"en": "other readings", "id": "tafsir lain"},
    "mutant.becomes": {"en": "{path}: {was} becomes {becomes}", "id": "{path}: {was} menjadi {becomes}"},
    "mutants": {
        "en": "{rubric}: mutants {count}: noticed {killed}, unnoticed {survived}, without effect {equivalent}, "
        "undecided {undecided}",
        "id": "{rubric}: mutan {count}: ketahuan {killed}, lolos {survived}, tanpa akibat {equivalent}, "
        "belum pasti {undecided}",
    },
    "mutants.says": {
        "en": "{rubric}; with the change: {mutant}",
        "id": "{rubric}; dengan perubahan itu: {mutant}",
    },
    "mutants.example": {
        "en": "No example notices. This one would:",
        "id": "Belum ada contoh yang akan gagal karenanya. Tambahkan contoh ini:",
    },
    "mutants.undecided": {
        "en": "No sheet was found that could tell, and it is not proved that there is none.",
        "id": "Tidak ditemukan lembar yang dapat membedakannya, dan belum terbukti bahwa tidak ada.",
    },
    "mutant.gone": {"en": "{path}: {was} is gone", "id": "{path}: {was} dihapus"},
    "verify": {
        "en": "{place}: every figure follows from the facts and the rubric {id}, edition {edition} ({identity})",
        "id": "{place}: setiap angka mengikuti dari isian dan rubrik {id}, edisi {edition} ({identity})",
    },
    "verify.more": {
        "en": "trails verified in all: {held}",
        "id": "jejak yang terperiksa seluruhnya: {held}",
    },
    "node.graded": {
        "en": "graded, without a number",
        "id": "berpredikat, tanpa nilai angka",
    },
    "node.no-score": {
        "en": "answered without a score",
        "id": "dijawab tanpa nilai",
    },
    "node.no-score.because": {
        "en": "answered without a score: {reason}",
        "id": "dijawab tanpa nilai: {reason}",
    },
    "none": {
        "en": "none",
        "id": "tidak ada",
    },
    "grade": {
        "en": "Grade: {grade}",
        "id": "Predikat: {grade}",
    },
    "grade.by-value": {
        "en": "By the score alone it would be {grade}.",
        "id": "Menurut nilainya saja: {grade}.",
    },
    "gate.no": {
        "en": "Not met: {text}",
        "id": "Tidak terpenuhi: {text}",
    },
    "gate.unknown": {
        "en": "Not yet known to be met: {text}",
        "id": "Belum diketahui terpenuhi: {text}",
    },
    "result.none": {
        "en": "Complete, and without a total: an answer was given that has no score.",
        "id": "Lengkap, tanpa nilai total: ada jawaban yang memang tidak bernilai.",
    },
    "result.graded": {
        "en": "Complete.",
        "id": "Lengkap.",
    },
    "step.formula": {
        "en": "{rule}, with {values}: {result}",
        "id": "{rule}, dengan {values}: {result}",
    },
    "step.cap": {
        "en": "Held to {rule}: {before} becomes {result}",
        "id": "Dibatasi {rule}: {before} menjadi {result}",
    },
    "combine.product": {
        "en": "Product of {scores} = {result}",
        "id": "Hasil kali {scores} = {result}",
    },
    "combine.geometric-mean": {
        "en": "Geometric mean of {scores} = {result}",
        "id": "Rata-rata geometris dari {scores} = {result}",
    },
    "status.complete": {"en": "complete", "id": "lengkap"},
    "status.incomplete": {"en": "incomplete", "id": "belum lengkap"},
    "status.invalid": {"en": "to be put right", "id": "perlu dibetulkan"},
    "table.row": {"en": "Row", "id": "Baris"},
    "table.subject": {"en": "Subject", "id": "Subjek"},
    "table.status": {"en": "Status", "id": "Status"},
    "table.total": {"en": "Total", "id": "Total"},
    "table.grade": {"en": "Grade", "id": "Predikat"},
    "table.changed": {
        "en": "{name}: numbers read by the locale {locale}: {count}; the first of them:",
        "id": "{name}: angka yang dibaca menurut lokal {locale}: {count}; yang pertama:",
    },
    "table.more": {
        "en": "… and {count} more problems; they stand in {name}",
        "id": "… dan {count} masalah lagi; semuanya ada di {name}",
    },
    "table.summary": {
        "en": "Sheets: {count}; complete {complete}, incomplete {incomplete}, to be put right {invalid}",
        "id": "Lembar: {count}; lengkap {complete}, belum lengkap {incomplete}, perlu dibetulkan {invalid}",
    },
    "table.grades": {"en": "Grades: {grades}", "id": "Predikat: {grades}"},
    "table.ungraded": {"en": "none", "id": "tanpa predikat"},
    "table.row-more": {
        "en": "… and {count} more rows with problems; they stand in {name}",
        "id": "… dan {count} baris lagi yang bermasalah; semuanya ada di {name}",
    },
    "table.row-problem": {"en": "{name}, row {row}: {problems}", "id": "{name}, baris {row}: {problems}"},
    "table.rate": {"en": "{rate} rows/s", "id": "{rate} baris/s"},
    "table.written": {"en": "Written to {name}", "id": "Ditulis ke {name}"},
    "other.grade": {
        "en": "total {total}, grade {grade}",
        "id": "nilai total {total}, predikat {grade}",
    },
    "other.total.same": {
        "en": "the total would be {total}, the grade the same",
        "id": "nilai total menjadi {total}, predikatnya tetap",
    },
    "other.none": {
        "en": "complete, and without a total",
        "id": "lengkap, tanpa nilai total",
    },
    "hanging": {
        "en": "The grade, or what it earns, hangs on how the source is read (see below). Read otherwise:",
        "id": "Predikat ini, atau yang diperoleh karenanya, bergantung pada tafsir atas sumber (lihat di bawah). "
        "Bila dibaca lain:",
    },
    "readings.open": {
        "en": "Read as follows as well; the other readings ask for answers that this sheet does not give",
        "id": "Tafsir lain yang dipakai; pilihan lainnya meminta isian yang tidak ada di lembar ini",
    },
    "readings.later": {
        "en": "Read as follows as well; what hangs on it shows once the sheet is complete",
        "id": "Tafsir lain yang dipakai; pengaruhnya baru tampak bila lembar ini lengkap",
    },
    "chosen-here": {
        "en": "Readings chosen for this result: {readings}.",
        "id": "Tafsir yang dipilih untuk hasil ini: {readings}.",
    },
    "the-total": {
        "en": "total",
        "id": "nilai total",
    },
    "near": {
        "en": "{exact} (about {near})",
        "id": "{exact} (sekitar {near})",
    },
    "printed": {
        "en": 'the source has it in words as "{words}"',
        "id": 'dalam sumber tertulis "{words}"',
    },
    "line.none": {
        "en": "Score {score}: not even the first step is reached.",
        "id": "Nilai {score}: langkah pertama pun belum terpenuhi.",
    },
    "asked": {
        "en": ", from: {title}",
        "id": ", diisi oleh: {title}",
    },
    "aside": {
        "en": "Recorded beside the total, and not counted in it",
        "id": "Dicatat di samping nilai total, tidak ikut dihitung",
    },
    "law.one-answer": {
        "en": "Every indicator of a legal sheet is scored by the one band that holds, or a problem says "
        "why there is none.",
        "id": "Setiap indikator pada lembar yang sah dinilai oleh satu batasan yang berlaku, atau ada "
        "masalah yang menyebut alasannya.",
    },
    "law.in-range": {
        "en": "Every score is one that its node can have, and so is the total.",
        "id": "Setiap nilai termasuk yang mungkin bagi simpulnya, demikian pula nilai total.",
    },
    "law.sum-of-parts": {
        "en": "Contributions add up to what their group combined to, and the later steps lead from there "
        "to its score.",
        "id": "Sumbangan nilai berjumlah sama dengan gabungan kelompoknya, dan langkah berikutnya "
        "menghasilkan nilai kelompok itu.",
    },
    "law.better-is-not-worse": {
        "en": "A better answer, one that scores higher or lies further where `better` points, lowers neither total "
        "nor grade.",
        "id": "Jawaban yang lebih baik, yaitu yang bernilai lebih tinggi atau lebih jauh ke arah `better`, tidak "
        "menurunkan nilai total atau predikat.",
    },
    "law.order-of-facts": {
        "en": "The same facts in another order come to the same.",
        "id": "Isian yang sama dengan urutan lain menghasilkan hal yang sama.",
    },
    "law.order-of-file": {
        "en": "The same rubric with its indicators, bands and facts in another order comes to the same.",
        "id": "Rubrik yang sama dengan urutan indikator, batasan, dan isian yang lain menghasilkan hal yang sama.",
    },
    "law.one-fact": {
        "en": "Changing one answer changes only the nodes that hang on it.",
        "id": "Mengubah satu jawaban hanya mengubah simpul yang bergantung padanya.",
    },
    "law.idle-facts": {
        "en": "What a sheet says of a node that does not apply changes nothing, be it right or wrong.",
        "id": "Isian untuk simpul yang tidak berlaku tidak mengubah apa pun, benar atau salah.",
    },
    "law.verified-trail": {
        "en": "A trail is the same after it was written as JSON and read back, and it follows from its "
        "facts and its rubric.",
        "id": "Jejak tetap sama setelah ditulis sebagai JSON dan dibaca kembali, dan jejak itu mengikuti "
        "isian serta rubriknya.",
    },
    "law.among-many": {
        "en": "A sheet that is scored among many, by generated code, has the status, total and grade of its trail.",
        "id": "Lembar yang dinilai bersama banyak lembar, oleh program yang dibangkitkan, memperoleh status, nilai "
        "total, dan predikat seperti dalam jejaknya.",
    },
    "law.awards-by-grade": {
        "en": "Whoever has a grade is awarded what the rubric awards for that grade, and no more or less.",
        "id": "Siapa pun yang berpredikat memperoleh imbalan yang ditetapkan rubrik untuk predikat itu, "
        "tidak lebih dan tidak kurang.",
    },
    "law.alternative-is-local": {
        "en": "Another reading changes only the nodes that it is about, and what hangs on them.",
        "id": "Tafsir lain hanya mengubah simpul yang ditafsirkan dan yang bergantung padanya.",
    },
    "law.empty-patch": {
        "en": "A patch that says nothing changes neither the rubric nor anything that it comes to.",
        "id": "Tambalan kosong tidak mengubah rubrik maupun hasilnya.",
    },
    "law.never-raises": {
        "en": "Whatever a sheet holds, it is evaluated, kept as JSON and explained, and nothing is raised.",
        "id": "Apa pun isi lembar, lembar itu dinilai, disimpan sebagai JSON, dan dijelaskan tanpa "
        "kegagalan program.",
    },
    "law.broken": {
        "en": "Law {name} does not hold for {rubric}: {definition}",
        "id": "Hukum {name} tidak berlaku bagi {rubric}: {definition}",
    },
    "law.and-with": {
        "en": "And with these answers instead, or in this order:",
        "id": "Dan dengan jawaban berikut sebagai gantinya, atau dengan urutan ini:",
    },
    "law.without": {
        "en": "without",
        "id": "tanpa",
    },
    "law.more": {
        "en": "… and {count} more",
        "id": "… dan {count} lagi",
    },
    "law.expected": {
        "en": "expected",
        "id": "seharusnya",
    },
    "law.found": {
        "en": "found",
        "id": "ditemukan",
    },
    "law.this": {
        "en": "this sheet",
        "id": "lembar ini",
    },
    "law.other": {
        "en": "the other",
        "id": "yang lain",
    },
    "law.better": {
        "en": "the better answer",
        "id": "jawaban yang lebih baik",
    },
    "law.turned": {
        "en": "in another order",
        "id": "dengan urutan lain",
    },
    "law.reading": {
        "en": "the other reading",
        "id": "tafsir lain",
    },
    "law.read-back": {
        "en": "read back",
        "id": "dibaca kembali",
    },
    "law.many": {"en": "among many", "id": "bersama yang lain"},
    "law.patched": {
        "en": "after the patch",
        "id": "setelah ditambal",
    },
}
