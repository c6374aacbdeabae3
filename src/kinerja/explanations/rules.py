"""What is found in the rules: scores without a grade, what decides nothing, and what decides two things."""

from __future__ import annotations

from kinerja.explanations.parts import PLACES, Explanation, of, said

__all__ = ["RULES"]

#: Two rows of marks with a mean, whose grades are filled in below.
MARKED = """\
combine: mean
indicators:
  rapat: {levels: {rutin: 100, jarang: 20, tidak: 0}}
  arsip: {levels: {lengkap: 100, sebagian: 41, tidak: 0}}
grades:
"""
#: One mark from 0 to 100, whose grades are filled in below.
MARK = """\
combine: sum
indicators:
  wawancara: {direct: {in: "[0..100]", step: 10}}
grades:
"""
#: A node that applies in one place, and a gate that asks for its score, with a condition that is filled in below.
ASKED = """\
combine: mean
facts: {{lokasi: {{kind: choice, options: {{kumuh: Kumuh, cegah: Pencegahan}}}}}}
indicators:
  pengurangan: {{applies: {{lokasi: kumuh}}, levels: {{turun: 1, tetap: 0}}}}
  buku: {{levels: {{ada: 1, tidak: 0}}}}
grades:
  biasa: {{when: "< 1"}}
  unggul: {{when: ">= 1"}}
requires:
  turun:
    when: {}
    text: "Kekumuhan berkurang"
    grade: biasa
"""
#: A fact of the whole, and one of a group, whose name is filled in below.
HIDDEN = """\
facts: {{warga: {{title: "Warga kelurahan", unit: orang, in: "> 0", step: 1}}}}
combine: mean
indicators:
  hadir:
    facts: {{datang: {{unit: orang, in: ">= 0", step: 1}}}}
    measure: {{unit: "%", from: "100 * datang / warga"}}
    bands: {{1: {{when: ">= 50"}}, 0: {{when: "< 50"}}}}
  lorong:
    combine: mean
    facts: {{{}: {{title: "Warga lorong", unit: orang, in: "> 0", step: 1}}}}
    indicators:
      iuran:
        facts: {{lunas: {{unit: orang, in: ">= 0", step: 1}}}}
        measure: {{unit: "%", from: "100 * lunas / {}"}}
        bands: {{1: {{when: ">= 50"}}, 0: {{when: "< 50"}}}}
"""
#: One measure of which more is better, in bands, which are filled in below.
RISING = """\
combine: sum
indicators:
  perempuan:
    better: higher
    measure: {unit: "%", in: "[0..100]"}
    bands:
"""

RULES: dict[str, Explanation] = {
    "K218": of(
        said(
            "A score that can occur, and that no grade of its node holds.",
            "Nilai yang dapat terjadi, tetapi tidak dimuat predikat mana pun pada simpulnya.",
        ),
        said(
            "Whoever comes to that score gets no grade, and no award. Grades copied from whole numbers often leave "
            'such holes, as between "60 to 70" and "71 to 100".',
            "Siapa pun yang mencapai nilai itu tidak mendapat predikat, dan tidak mendapat imbalan. Predikat yang "
            'ditulis dengan bilangan bulat sering bercelah, misalnya di antara "60 sampai 70" dan "71 sampai 100".',
        ),
        said(
            "Let the grades meet, or round the score first with `round` if the source says so. Where the source "
            "leaves it open, decide, and write a reading with `settles: gap`.",
            "Buat predikatnya bersambung, atau bulatkan nilainya lebih dahulu dengan `round` bila sumbernya "
            "menyatakan demikian. Bila sumbernya tidak menjawab, putuskan, lalu tulis tafsir dengan `settles: gap`.",
        ),
        f'{MARKED}  kurang: {{when: "< 60"}}\n  cukup: {{when: "[60..70]"}}\n  baik: {{when: "[71..100]"}}\n',
        f'{MARKED}  kurang: {{when: "< 60"}}\n  cukup: {{when: "[60..71)"}}\n  baik: {{when: "[71..100]"}}\n',
    ),
    "K221": of(
        said(
            "A node with grades whose possible scores are too many to compute.",
            "Simpul berpredikat yang nilainya terlalu banyak kemungkinannya untuk dihitung.",
        ),
        said(
            "Nothing is claimed about its grades: there may be a score without one, which only a sheet will show.",
            "Tidak ada yang dinyatakan tentang predikatnya: mungkin ada nilai tanpa predikat, yang baru tampak pada "
            "lembar.",
        ),
        said(
            "Give answers no finer `step` than the source asks for, and let fewer facts decide what applies. "
            "Otherwise write examples at the bounds of the grades, and let the finding stand with `allow`.",
            "Jangan beri jawaban `step` yang lebih halus daripada yang diminta sumber, dan kurangi isian yang "
            "menentukan apa yang berlaku. Bila tidak bisa, tulis contoh pada batas-batas predikat, dan izinkan temuan "
            "ini dengan `allow`.",
        ),
        MARK.replace("step: 10", "step: 0.0001") + '  kurang: {when: "< 60"}\n  baik: {when: ">= 60"}\n',
        MARK + '  kurang: {when: "< 60"}\n  baik: {when: ">= 60"}\n',
    ),
    "K222": of(
        said(
            "A score that no grade of its node holds, and of which it is not known whether a sheet comes to it.",
            "Nilai yang tidak dimuat predikat mana pun, dan tidak diketahui apakah ada lembar yang mencapainya.",
        ),
        said(
            "The formula is no straight line, so that only a range is known in which its values lie. If one of them "
            "falls into the hole, that sheet has no grade.",
            "Rumusnya bukan garis lurus, sehingga hanya diketahui rentang tempat nilainya berada. Bila ada yang jatuh "
            "ke celah itu, lembarnya tidak mendapat predikat.",
        ),
        said(
            "Let the grades cover the whole range, or round the score first with `round` if the source says so. Where "
            "the score cannot occur, say why in `allow`.",
            "Buat predikatnya mencakup seluruh rentang, atau bulatkan nilainya lebih dahulu dengan `round` bila "
            "sumbernya menyatakan demikian. Bila nilai itu tidak mungkin terjadi, sebut alasannya dalam `allow`.",
        ),
        'facts: {luas: {in: "[0..10]", unit: ha}}\ncombine: sum\nindicators:\n  nilai: {formula: "luas * luas"}\n'
        'grades:\n  kecil: {when: "<= 50"}\n',
        'facts: {luas: {in: "[0..10]", unit: ha}}\ncombine: sum\nindicators:\n  nilai: {formula: "luas * luas"}\n'
        'grades:\n  kecil: {when: "<= 50"}\n  besar: {when: "> 50"}\n',
    ),
    "K223": of(
        said(
            "Answers for which none of the cases of a score holds, or several.",
            "Jawaban yang membuat tidak satu pun kasus suatu nilai berlaku, atau beberapa sekaligus.",
        ),
        said(
            "A sheet with these answers is refused: nobody can say which score it gets. No case wins by standing "
            "first.",
            "Lembar dengan jawaban itu ditolak: tidak dapat ditentukan nilainya. Tidak ada kasus yang menang karena "
            "urutan.",
        ),
        said(
            "Let the cases exclude each other, and leave no answer out; an option that was forgotten needs a case of "
            "its own.",
            "Buat kasus-kasusnya saling terpisah, dan jangan ada jawaban yang terlewat; pilihan yang terlupa "
            "memerlukan kasus sendiri.",
        ),
        f"{PLACES}combine: mean\nindicators:\n  tinjauan:\n    levels:\n      sudah:\n        score:\n"
        "          - {when: {lokasi: kumuh}, is: 2}\n      belum: 0\n",
        f"{PLACES}combine: mean\nindicators:\n  tinjauan:\n    levels:\n      sudah:\n        score:\n"
        "          - {when: {lokasi: kumuh}, is: 2}\n          - {when: {lokasi: cegah}, is: 1}\n      belum: 0\n",
    ),
    "K224": of(
        said(
            "A score that two grades of one node both hold.",
            "Nilai yang dimuat dua predikat pada satu simpul.",
        ),
        said(
            "The same score would have two grades, and perhaps two awards. No grade wins by standing first. Often the "
            "bound was written into both, or a comma, which means *or*, stands where a range was meant.",
            "Nilai yang sama akan mendapat dua predikat, dan mungkin dua imbalan. Tidak ada predikat yang menang "
            "karena urutan. Sering batasnya ditulis pada keduanya, atau ada koma, yang berarti *atau*, padahal "
            "maksudnya rentang.",
        ),
        said(
            "Narrow the grade that the source does not mean; write a range as `[60..80)`. Where the source itself "
            "names both, decide, and write a reading with `settles: overlap`.",
            "Persempit predikat yang tidak dimaksud sumber; tulis rentang seperti `[60..80)`. Bila sumbernya sendiri "
            "menyebut keduanya, putuskan, lalu tulis tafsir dengan `settles: overlap`.",
        ),
        MARK + '  kurang: {when: "< 60"}\n  cukup: {when: "[60..80]"}\n  baik: {when: ">= 80"}\n',
        MARK + '  kurang: {when: "< 60"}\n  cukup: {when: "[60..80)"}\n  baik: {when: ">= 80"}\n',
    ),
    "K225": of(
        said(
            "A band, step, case, weight, grade or gate that decides nothing, since no sheet reaches it.",
            "Batasan, langkah, kasus, bobot, predikat, atau syarat yang tidak menentukan apa pun, karena tidak ada "
            "lembar yang mencapainya.",
        ),
        said(
            "Nobody writes a rule that is never used: its bound was copied wrongly, or the domain `in` is too narrow.",
            "Tidak ada yang menulis aturan yang tidak pernah terpakai: batasnya salah salin, atau ranah `in` terlalu "
            "sempit.",
        ),
        said(
            "Mend its condition, that of its neighbours, or the domain. Where the source really has a line that "
            "nobody reaches, keep it, and let the finding stand with `allow`.",
            "Perbaiki syaratnya, syarat di sekitarnya, atau ranahnya. Bila sumbernya memang memuat baris yang tidak "
            "tercapai, biarkan, dan izinkan temuan ini dengan `allow`.",
        ),
        MARK + '  kurang: {when: "< 60"}\n  baik: {when: "[60..100]"}\n  istimewa: {when: "> 100"}\n',
        MARK + '  kurang: {when: "< 60"}\n  baik: {when: "[60..100)"}\n  istimewa: {when: "100"}\n',
    ),
    "K226": of(
        said(
            "A node that applies to no sheet: its `applies` contradicts itself, the domain of a fact, or the `applies` "
            "of a group around it.",
            "Simpul yang tidak berlaku di lembar mana pun: `applies`-nya bertentangan dengan dirinya sendiri, dengan "
            "ranah suatu isian, atau dengan `applies` kelompok di sekitarnya.",
        ),
        said(
            "The row stands in the rubric and is never scored. Mostly the wrong option was named, or the row stands "
            "in the wrong group.",
            "Barisnya ada dalam rubrik tetapi tidak pernah dinilai. Biasanya pilihannya salah tulis, atau barisnya "
            "berada dalam kelompok yang salah.",
        ),
        said(
            "Mend one of the conditions, move the node out of the group, or delete it.",
            "Perbaiki salah satu syaratnya, pindahkan simpulnya ke luar kelompok, atau hapus.",
        ),
        f"{PLACES}combine: mean\nindicators:\n  penataan:\n    applies: {{lokasi: kumuh}}\n    combine: mean\n"
        "    indicators:\n      taman: {levels: {ada: 1, tidak: 0}}\n"
        "      pos: {applies: {lokasi: cegah}, levels: {ada: 1, tidak: 0}}\n",
        f"{PLACES}combine: mean\nindicators:\n  penataan:\n    applies: {{lokasi: kumuh}}\n    combine: mean\n"
        "    indicators:\n      taman: {levels: {ada: 1, tidak: 0}}\n"
        "  pos: {applies: {lokasi: cegah}, levels: {ada: 1, tidak: 0}}\n",
    ),
    "K227": of(
        said(
            "Alternatives, such as the rows 6a and 6b, of which several apply to some sheet, or none.",
            "Baris yang saling menggantikan, seperti baris 6a dan 6b, padahal pada suatu lembar beberapa berlaku "
            "sekaligus, atau tidak satu pun.",
        ),
        said(
            "Such rows are meant to stand for each other. Whoever falls between them is scored on one row less than "
            "all others, whoever falls into both on one row more.",
            "Baris seperti itu dimaksudkan saling menggantikan. Yang tidak masuk keduanya dinilai dengan satu baris "
            "lebih sedikit daripada yang lain, yang masuk keduanya dengan satu baris lebih banyak.",
        ),
        said(
            "Let exactly one of them apply to each answer. Where the source leaves it so, say so in a reading with "
            "`settles: gap` for none, `settles: overlap` for several.",
            "Buat tepat satu yang berlaku untuk setiap jawaban. Bila sumbernya memang demikian, nyatakan dalam tafsir "
            "dengan `settles: gap` bila tidak ada yang berlaku, `settles: overlap` bila beberapa berlaku.",
        ),
        "facts: {lokasi: {kind: choice, options: {kumuh: Kumuh, cegah: Pencegahan, baru: Permukiman baru}}}\n"
        "combine: mean\nindicators:\n"
        "  pengurangan: {number: 6a, applies: {lokasi: kumuh}, levels: {turun: 1, tetap: 0}}\n"
        "  pencegahan: {number: 6b, applies: {lokasi: cegah}, levels: {ada: 1, tidak: 0}}\n",
        "facts: {lokasi: {kind: choice, options: {kumuh: Kumuh, cegah: Pencegahan, baru: Permukiman baru}}}\n"
        "combine: mean\nindicators:\n"
        "  pengurangan: {number: 6a, applies: {lokasi: kumuh}, levels: {turun: 1, tetap: 0}}\n"
        '  pencegahan: {number: 6b, applies: {lokasi: "cegah, baru"}, levels: {ada: 1, tidak: 0}}\n',
    ),
    "K228": of(
        said(
            "A test that asks what another node came to, and is false only because that node does not apply.",
            "Uji yang menanyakan hasil simpul lain, dan bernilai salah hanya karena simpul itu tidak berlaku.",
        ),
        said(
            "What does not apply has no score, so that every test of it is false, even `not(...)`. Those subjects "
            "miss a grade or a score, and nothing says why.",
            "Yang tidak berlaku tidak punya nilai, sehingga setiap uji atasnya salah, termasuk `not(...)`. Subjek itu "
            "kehilangan predikat atau nilai tanpa pemberitahuan.",
        ),
        said(
            "Test as well for what the other node applies by, and add a way for the sheets on which it does not.",
            "Uji juga syarat berlakunya simpul itu, dan tambahkan cara lain untuk lembar tempat simpul itu tidak "
            "berlaku.",
        ),
        ASKED.format('{pengurangan.score: "1"}'),
        ASKED.format('[{lokasi: cegah}, {lokasi: kumuh, pengurangan.score: "1"}]'),
    ),
    "K229": of(
        said(
            "A fact that nobody reads, a node that changes no total, or a node in `aside` that nobody names.",
            "Isian yang tidak dibaca siapa pun, simpul yang tidak mengubah nilai total, atau simpul dalam `aside` yang "
            "tidak disebut di mana pun.",
        ),
        said(
            "People are asked for an answer that decides nothing. Perhaps the rule that should read it was forgotten.",
            "Orang diminta mengisi sesuatu yang tidak menentukan apa pun. Mungkin aturan yang seharusnya membacanya "
            "terlupa.",
        ),
        said(
            "Use it where the source does, or delete it. What is only asked for the record may stand with `allow`.",
            "Pakailah di tempat sumber memakainya, atau hapus. Yang ditanyakan sekadar untuk catatan dapat diizinkan "
            "dengan `allow`.",
        ),
        f"{PLACES}combine: mean\nindicators:\n  buku: {{levels: {{ada: 1, tidak: 0}}}}\n",
        f"{PLACES}combine: mean\nindicators:\n  buku: {{applies: {{lokasi: kumuh}}, levels: {{ada: 1, tidak: 0}}}}\n"
        "  pos: {applies: {lokasi: cegah}, levels: {ada: 1, tidak: 0}}\n",
    ),
    "K230": of(
        said(
            "A name that also exists further out, so that the outer one cannot be asked for here.",
            "Nama yang juga ada di lingkup yang lebih luar, sehingga yang di luar tidak dapat ditanyakan di sini.",
        ),
        said(
            "Inside the group the name means another thing than outside. Whoever reads a formula there may take one "
            "for the other, and so may whoever fills in the sheet.",
            "Di dalam kelompok, nama itu berarti lain daripada di luarnya. Pembaca rumus di situ dapat keliru, begitu "
            "pula yang mengisi lembar.",
        ),
        said(
            "Rename one of them, so that each name means one thing.",
            "Ganti nama salah satunya, supaya setiap nama hanya punya satu arti.",
        ),
        HIDDEN.format("warga", "warga"),
        HIDDEN.format("warga_lorong", "warga_lorong"),
    ),
    "K245": of(
        said(
            "A better answer that comes to a lower score, or a better grade that earns less.",
            "Jawaban yang lebih baik tetapi bernilai lebih rendah, atau predikat yang lebih baik tetapi imbalannya "
            "lebih kecil.",
        ),
        said(
            "Whoever improves would lose by it. Mostly two scores were exchanged in copying, or `better` names the "
            "wrong direction.",
            "Yang membaik justru dirugikan. Biasanya dua nilai tertukar saat disalin, atau `better` menyebut arah yang "
            "salah.",
        ),
        said(
            "Exchange the scores or amounts, or mend the order. Where less is better, write `better: lower`. Where the "
            "best lies in the middle, leave `better` out.",
            "Tukar nilai atau jumlahnya, atau perbaiki urutannya. Bila yang lebih kecil lebih baik, tulis "
            "`better: lower`. Bila yang terbaik ada di tengah, hapus `better`.",
        ),
        f'{RISING}      2: {{when: "[30..40]"}}\n      1: {{when: "> 40"}}\n      0: {{when: "< 30"}}\n',
        f'{RISING}      2: {{when: "> 40"}}\n      1: {{when: "[30..40]"}}\n      0: {{when: "< 30"}}\n',
    ),
    "K246": of(
        said(
            "A grade that stands after another one and holds lower scores.",
            "Predikat yang ditulis sesudah predikat lain, tetapi memuat nilai yang lebih rendah.",
        ),
        said(
            "The order says which grade is worse. Where several gates set a grade, the worst of them wins: in the "
            "wrong order that would be the best.",
            "Urutannya menyatakan predikat mana yang lebih buruk. Bila beberapa syarat menetapkan predikat, yang "
            "terburuk menang: dalam urutan terbalik, itu justru yang terbaik.",
        ),
        said(
            "Write the grades from the lowest score to the highest, whatever order the source has.",
            "Tulis predikat dari nilai terendah ke nilai tertinggi, bagaimanapun urutannya pada sumber.",
        ),
        MARK + '  baik: {when: "> 60"}\n  kurang: {when: "<= 60"}\n',
        MARK + '  kurang: {when: "<= 60"}\n  baik: {when: "> 60"}\n',
    ),
}
