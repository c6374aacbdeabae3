"""What is found beside the rules: against the source, in examples and editions, and in what is allowed."""

from __future__ import annotations

from kinerja.explanations.parts import BANDS, GRADED, NUMBERED, Explanation, of, said

__all__ = ["SOURCES"]

#: Indicators below a listed source, which are filled in below.
CITED = """\
combine: mean
sources: {perwali: {title: Peraturan Wali Kota}}
indicators:
"""
#: A source for everything, and a count, whose `missing` is filled in below.
COUNTED = """\
combine: mean
sources: {{perwali: {{title: Peraturan Wali Kota}}}}
source: {{in: perwali, at: Lampiran I}}
indicators:
  rapat:
    measure: {{unit: kali, in: ">= 0", step: 1{}}}
    bands: {{1: {{when: ">= 3"}}, 0: {{when: "<= 2"}}}}
"""
#: A count with a reading, whose alternatives are filled in below.
MEETINGS = """\
combine: mean
indicators:
  rapat:
    measure: {unit: kali, in: ">= 0", step: 1}
    bands: {1: {when: ">= 3"}, 0: {when: "<= 2"}}
readings:
  batas:
    settles: text
    problem: "Batasnya tidak jelas dalam sumber."
    taken: "3 kali atau lebih bernilai 1."
    because: "formulirnya menyebut 3 kali"
    alternatives:
"""
#: Another reading of it, whose alternatives are filled in below.
ONLINE = """\
  daring:
    settles: silence
    problem: "Rapat daring tidak disebut."
    taken: "Rapat daring dihitung penuh."
    because: "kebiasaan"
    alternatives:
"""
#: Two rows whose marks can be multiplied.
TWO = """\
indicators:
  rapat: {levels: {ya: 2, tidak: 1}}
  taman: {levels: {ya: 2, tidak: 1}}
"""
#: A mean that may be half a point, with how it is shown.
SHOWN = """\
combine: mean
{}
indicators:
  rapat: {{direct: {{in: "[0..100]", step: 1}}}}
  taman: {{direct: {{in: "[0..100]", step: 1}}}}
grades:
  cukup: {{when: "< 71"}}
  baik: {{when: ">= 71"}}
"""
#: An edition that does not stand alone, with the day on which it begins.
EDITION = """\
# contoh@2024.yaml: valid: {{from: 2024-01-01, until: 2025-01-01}}
edition: "2025"
valid: {{from: {}}}
combine: sum
indicators:
  kas: {{levels: {{ada: 1, tidak: 0}}}}
"""

#: Printed lines with a hole between them, with how numbers are rounded.
PRINTED = """\
combine: sum
indicators:
  panjang:
    measure: {}
    bands:
      1: {{when: ">= 26", text: "mulai 26 meter"}}
      0: {{when: "< 26", text: "sampai 25 meter"}}
"""
#: Steps, with what is said of them.
STEPS = """\
combine: sum
indicators:
  foto:
    otherwise: 0
    ladder:
      awal: {{score: 1, text: "Foto awal"}}
      akhir: {{score: 2, text: "{}"{}}}
"""

SOURCES: dict[str, Explanation] = {
    "K201": of(
        said(
            "An example in the rubric that comes to something else than it says. `kinerja test` runs the examples.",
            "Contoh dalam rubrik yang hasilnya lain dari yang tertulis. Contoh dijalankan oleh `kinerja test`.",
        ),
        said(
            "An example was worked out by hand from the source. Where it differs, the rule or the example misreads it.",
            "Contoh dihitung dengan tangan dari sumbernya. Bila berbeda, aturan atau contohnya salah membaca sumber.",
        ),
        said(
            "Work the example out again from the source, then mend whichever is wrong.",
            "Hitung ulang contohnya dari sumber, lalu perbaiki yang keliru.",
        ),
        f'{BANDS}      1: {{when: ">= 40"}}\n      0: {{when: "< 40"}}\n    examples: {{40: 0, 39: 0}}\n',
        f'{BANDS}      1: {{when: ">= 40"}}\n      0: {{when: "< 40"}}\n    examples: {{40: 1, 39: 0}}\n',
    ),
    "K202": of(
        said(
            "An example that expects something under a key that no result has.",
            "Contoh yang mengharapkan sesuatu pada kunci yang tidak ada pada hasil mana pun.",
        ),
        said(
            "What is expected there is never compared with anything, so the example proves less than it seems to.",
            "Yang diharapkan di situ tidak pernah dibandingkan, sehingga contohnya membuktikan lebih sedikit dari yang "
            "tampak.",
        ),
        said(
            "Expect `status`, `total`, `grade`, `awards`, `missing`, or `PATH.score`, `PATH.status`, `PATH.band`.",
            "Harapkan `status`, `total`, `grade`, `awards`, `missing`, atau `PATH.score`, `PATH.status`, `PATH.band`.",
        ),
        "combine: sum\nindicators:\n  kas: {levels: {ada: 1, tidak: 0}}\n"
        "examples:\n  ada: {facts: {kas: ada}, expect: {jumlah: 1}}\n"
        "  tidak: {facts: {kas: tidak}, expect: {total: 0}}\n",
        "combine: sum\nindicators:\n  kas: {levels: {ada: 1, tidak: 0}}\n"
        "examples:\n  ada: {facts: {kas: ada}, expect: {total: 1}}\n"
        "  tidak: {facts: {kas: tidak}, expect: {total: 0}}\n",
    ),
    "K207": of(
        said(
            "A number such as 1.000, which is one here, and a thousand to an Indonesian reader.",
            "Bilangan seperti 1.000, yang di sini berarti satu, sedangkan bagi pembaca Indonesia seribu.",
        ),
        said(
            "A bound that is a thousand times too small is found by nobody who reads the rubric beside its source.",
            "Batas yang seribu kali terlalu kecil tidak tampak oleh siapa pun yang membaca rubrik di samping "
            "sumbernya.",
        ),
        said(
            "Write thousands without a point, and decimals without zeros at their end.",
            "Tulis ribuan tanpa titik, dan desimal tanpa nol di belakang.",
        ),
        f'{BANDS.replace("[0..100]", ">= 0")}      1: {{when: ">= 1.000"}}\n      0: {{when: "< 1.000"}}\n',
        f'{BANDS.replace("[0..100]", ">= 0")}      1: {{when: ">= 1000"}}\n      0: {{when: "< 1000"}}\n',
    ),
    "K213": of(
        said(
            "A band or grade whose condition holds other numbers than its text says.",
            "Batasan atau predikat yang syaratnya memuat angka lain daripada yang disebut teksnya.",
        ),
        said(
            "The text is what people read and the condition is what counts: one of the two was copied wrongly, or the "
            "source contradicts itself.",
            "Teks adalah yang dibaca orang dan syarat adalah yang dihitung: salah satunya salah salin, atau sumbernya "
            "bertentangan.",
        ),
        said(
            "Mend `when`, or the text. Where the source is unclear itself, say how it was taken in a reading with "
            "`settles: gap`, `overlap` or `text`.",
            "Perbaiki `when` atau teksnya. Bila sumbernya sendiri tidak jelas, nyatakan dalam tafsir dengan "
            "`settles: gap`, `overlap`, atau `text`.",
        ),
        f'{BANDS}      1: {{when: ">= 40", text: "lebih dari 40%"}}\n'
        '      0: {when: "< 40", text: "di bawah 40%"}\n',
        f'{BANDS}      1: {{when: ">= 40", text: "40% ke atas"}}\n      0: {{when: "< 40", text: "di bawah 40%"}}\n',
    ),
    "K214": of(
        said(
            "A number in the text of a band or grade, or words for an amount, that is not understood.",
            "Angka dalam teks batasan atau predikat, atau kata untuk jumlah uang, yang tidak dipahami.",
        ),
        said(
            "Text and rule were not compared there, so that a slip in one of them stays unseen.",
            "Teks dan aturan di situ tidak dibandingkan, sehingga salah salin tidak tampak.",
        ),
        said(
            "Compare them yourself; keep the words of the source, and let the finding stand with `allow`.",
            "Bandingkan sendiri; biarkan kata-kata sumbernya, dan izinkan temuan ini dengan `allow`.",
        ),
        f'{BANDS}      1: {{when: ">= 40", text: "sekitar 40%"}}\n      0: {{when: "< 40", text: "di bawah 40%"}}\n',
        f'{BANDS}      1: {{when: ">= 40", text: "mulai 40%"}}\n      0: {{when: "< 40", text: "di bawah 40%"}}\n',
    ),
    "K215": of(
        said(
            "An award whose words, or the figure in whose text, say another sum than it gives.",
            "Imbalan yang kata-kata atau angka dalam teksnya menyebut jumlah lain daripada yang diberikan.",
        ),
        said(
            "Money is paid by it: a treasurer who reads the words pays another sum than one who reads the figure.",
            "Uang dibayarkan menurut angka ini: bendahara yang membaca kata-kata membayar lain dari yang membaca "
            "angka.",
        ),
        said(
            "Mend the amount or the words. Where the source itself differs, say which was taken in a reading with "
            "`settles: words`.",
            "Perbaiki jumlah atau kata-katanya. Bila sumbernya sendiri berbeda, nyatakan mana yang diambil dalam "
            "tafsir "
            "dengan `settles: words`.",
        ),
        GRADED.format("Lima Puluh Ribu Rupiah"),
        GRADED.format("Lima Ratus Ribu Rupiah"),
    ),
    "K216": of(
        said(
            "A printed number that stands at two rows of one group which can apply to the same sheet.",
            "Nomor cetak yang tercantum pada dua baris satu kelompok yang dapat berlaku pada lembar yang sama.",
        ),
        said(
            "Whoever speaks of row 8 may mean either; a number is often repeated where a row was copied.",
            "Siapa pun yang menyebut baris 8 dapat bermaksud salah satunya; nomor sering berulang karena baris "
            "disalin.",
        ),
        said(
            "Mend the number; where the source repeats it, say so in a reading with `settles: numbering`.",
            "Perbaiki nomornya; bila sumbernya mengulang, nyatakan dalam tafsir dengan `settles: numbering`.",
        ),
        NUMBERED.format(8, 8),
        NUMBERED.format(8, 9),
    ),
    "K217": of(
        said(
            "A printed number that is left out between two rows of one group.",
            "Nomor cetak yang terlewati di antara dua baris satu kelompok.",
        ),
        said(
            "A row of the form may be missing in the rubric.",
            "Mungkin ada baris formulir yang belum ada dalam rubrik.",
        ),
        said(
            "Look at the source for the row; where it skips the number itself, say so in a reading with "
            "`settles: numbering`.",
            "Cari barisnya pada sumber; bila sumbernya sendiri melompat, nyatakan dalam tafsir dengan "
            "`settles: numbering`.",
        ),
        NUMBERED.format(8, 10),
        NUMBERED.format(8, 9),
    ),
    "K231": of(
        said(
            "A node, line, grade, gate or award that cites no source, neither itself nor by what it stands in.",
            "Simpul, baris, predikat, syarat, atau imbalan yang tidak menyebut dasar, baik sendiri maupun lewat "
            "kelompok tempatnya berada.",
        ),
        said(
            "Whoever doubts such a rule cannot look it up. Perhaps no source says it, and somebody made it up.",
            "Siapa pun yang meragukan aturan itu tidak dapat memeriksanya. Mungkin tidak ada sumber yang "
            "menyatakannya.",
        ),
        said(
            "Write `source` there, or once on the group around it: what stands inside inherits it.",
            "Tulis `source` di situ, atau sekali saja pada kelompok di luarnya: semua yang di dalamnya mengikuti.",
        ),
        CITED + "  rapat: {source: {in: perwali, at: Pasal 4}, levels: {ya: 1, tidak: 0}}\n"
        "  taman: {levels: {ya: 1, tidak: 0}}\n",
        CITED + "  rapat: {source: {in: perwali, at: Pasal 4}, levels: {ya: 1, tidak: 0}}\n"
        "  taman: {source: {in: perwali, at: Pasal 5}, levels: {ya: 1, tidak: 0}}\n",
    ),
    "K232": of(
        said(
            "A source that is listed, or a row between cited rows of one form, that nothing in the rubric cites.",
            "Sumber yang terdaftar, atau baris di antara baris-baris formulir yang dirujuk, yang tidak dirujuk bagian "
            "rubrik mana pun.",
        ),
        said(
            "A row of the form may be missing in the rubric, or a citation names the wrong row.",
            "Mungkin ada baris formulir yang belum ada dalam rubrik, atau rujukannya menyebut baris yang salah.",
        ),
        said(
            "Look for the row in the source, and add the rule or the citation. Where the source itself skips a number, "
            "say so in a reading with `settles: numbering`.",
            "Cari barisnya pada sumber, lalu tambahkan aturan atau rujukannya. Bila sumbernya sendiri melompati nomor, "
            "nyatakan dalam tafsir dengan `settles: numbering`.",
        ),
        CITED + '  rapat: {source: {in: perwali, at: "formulir, baris 1"}, levels: {ya: 1, tidak: 0}}\n'
        '  taman: {source: {in: perwali, at: "formulir, baris 3"}, levels: {ya: 1, tidak: 0}}\n',
        CITED + '  rapat: {source: {in: perwali, at: "formulir, baris 1"}, levels: {ya: 1, tidak: 0}}\n'
        '  taman: {source: {in: perwali, at: "formulir, baris 2 dan 3"}, levels: {ya: 1, tidak: 0}}\n',
    ),
    "K233": of(
        said(
            "An alternative of a reading that gave every sheet that was tried the same result as the reading itself.",
            "Alternatif suatu tafsir yang memberi setiap lembar yang dicoba hasil yang sama dengan tafsir itu sendiri.",
        ),
        said(
            "Whoever takes it believes that the source is now read the other way, and nothing changes. Mostly the "
            "`change` names a wrong bound.",
            "Yang memilihnya mengira sumber sudah dibaca dengan cara lain, padahal tidak ada yang berubah. Biasanya "
            "`change` menyebut batas yang salah.",
        ),
        said(
            "Mend the `change`. Where both ways really come to the same, leave the change out and keep the text.",
            "Perbaiki `change`-nya. Bila kedua cara memang sama hasilnya, hapus perubahannya dan biarkan teksnya.",
        ),
        MEETINGS + '      lebih: {change: {indicators: {rapat: {bands: {1: {when: "> 2"}}}}}}\n',
        MEETINGS
        + '      lebih: {change: {indicators: {rapat: {bands: {1: {when: "> 3"}, 0: {when: "<= 3"}}}}}}\n',
    ),
    "K234": of(
        said(
            "Alternatives of two readings that change one place differently, and so cannot be taken together.",
            "Alternatif dari dua tafsir yang mengubah satu tempat secara berbeda, sehingga tidak dapat dipilih "
            "bersama.",
        ),
        said(
            "Two doubts about the source seem to be independent, and whoever takes both of these is refused.",
            "Dua keraguan atas sumber tampak tidak berkaitan, padahal siapa pun yang memilih keduanya ditolak.",
        ),
        said(
            "Where they should go together, let one of them change something else. Where they exclude each other, "
            "make them alternatives of one reading, or let the finding stand with `allow`.",
            "Bila seharusnya dapat digabung, buat salah satunya mengubah hal lain. Bila memang saling meniadakan, "
            "jadikan keduanya alternatif dari satu tafsir, atau izinkan temuan ini dengan `allow`.",
        ),
        MEETINGS
        + '      empat: {change: {indicators: {rapat: {bands: {1: {when: ">= 4"}, 0: {when: "<= 3"}}}}}}\n'
        + ONLINE
        + '      separuh: {change: {indicators: {rapat: {measure: {step: 0.5}, bands: {0: {when: "< 3"}}}}}}\n',
        MEETINGS
        + '      empat: {change: {indicators: {rapat: {bands: {1: {when: ">= 4"}, 0: {when: "<= 3"}}}}}}\n'
        '      lima: {change: {indicators: {rapat: {bands: {1: {when: ">= 5"}, 0: {when: "<= 4"}}}}}}\n',
    ),
    "K235": of(
        said(
            "An answer that may be missing and then counts as a value, for which neither a source nor a reading is "
            "given.",
            "Jawaban yang boleh kosong dan lalu dianggap suatu nilai, tanpa dasar atau tafsir yang menyatakannya.",
        ),
        said(
            "An empty cell is not the same as none: nobody may have asked. A score that rests on it has to be "
            "founded on the source.",
            "Sel kosong tidak sama dengan nol: mungkin belum ditanyakan. Nilai yang bertumpu padanya harus "
            "punya dasar.",
        ),
        said(
            "Write the `source` that says so on it, or a reading with `settles: silence` whose alternatives change "
            "`missing`. Otherwise delete `missing`: a sheet without the answer is then incomplete.",
            "Tulis `source` yang menyatakannya di situ, atau tafsir dengan `settles: silence` yang alternatifnya "
            "mengubah `missing`. Bila tidak ada, hapus `missing`: lembar tanpa jawaban itu menjadi belum lengkap.",
        ),
        COUNTED.format(", missing: 0"),
        COUNTED.format(""),
    ),
    "K236": of(
        said(
            "A score that may be a root or logarithm without an exact value, and that the total or a test asks for "
            "before it is rounded.",
            "Nilai yang dapat berupa akar atau logaritma tanpa nilai tepat, dan yang dipakai nilai total atau suatu "
            "uji sebelum dibulatkan.",
        ),
        said(
            "Sheets for which it has no exact value are refused: nothing is rounded in secret here. A geometric mean "
            "is such a root.",
            "Lembar yang nilainya tidak tepat ditolak: di sini tidak ada pembulatan diam-diam. Rata-rata geometrik "
            "adalah akar seperti itu.",
        ),
        said(
            "Round it with `round`, as the source says. Where the source is silent, say so in a reading with "
            "`settles: silence`.",
            "Bulatkan dengan `round` sesuai sumbernya. Bila sumbernya tidak menyebut, nyatakan dalam tafsir dengan "
            "`settles: silence`.",
        ),
        "combine: geometric-mean\n" + TWO,
        "combine: geometric-mean\nround: {to: 0.01, mode: half-up}\n" + TWO,
    ),
    "K237": of(
        said(
            "A score that is printed, as `shown` has it, as a figure which belongs to another grade.",
            "Nilai yang ditampilkan menurut `shown` sebagai angka milik predikat lain.",
        ),
        said(
            'A paper that says 71 and "cukup", where 71 is "baik", looks like a mistake. Until it is mended such a '
            "score is shown with its exact value beside it.",
            'Kertas yang memuat 71 dan "cukup", padahal 71 berarti "baik", tampak keliru. Sebelum diperbaiki, nilai '
            "seperti itu ditampilkan bersama nilai tepatnya.",
        ),
        said(
            "Show more digits. Where the source rounds the score itself, write `round`: then the grade follows the "
            "rounded score.",
            "Tampilkan lebih banyak angka. Bila sumbernya membulatkan nilai itu sendiri, tulis `round`: predikatnya "
            "lalu mengikuti nilai yang dibulatkan.",
        ),
        SHOWN.format("shown: 1"),
        SHOWN.format("shown: 0.1"),
    ),
    "K238": of(
        said(
            "Two editions of one rubric that are in force on the same days, or days between them on which none is. "
            "The example stands beside `contoh@2024.yaml`, which its comment describes.",
            "Dua edisi satu rubrik yang berlaku pada hari yang sama, atau hari di antaranya tanpa edisi yang berlaku. "
            "Contohnya berada di samping `contoh@2024.yaml`, yang diterangkan komentarnya.",
        ),
        said(
            "A sheet of such a day that names no edition is refused: nobody can say by which rules it is scored.",
            "Lembar bertanggal hari itu yang tidak menyebut edisi ditolak: tidak dapat dipastikan aturan mana yang "
            "dipakai.",
        ),
        said(
            "Let `valid` of the earlier edition end on the day on which the later one begins: `until` is the first day "
            "on which it no longer holds.",
            "Akhiri `valid` edisi yang lebih awal pada hari edisi berikutnya mulai berlaku: `until` adalah hari "
            "pertama edisi itu tidak berlaku lagi.",
        ),
        EDITION.format("2025-07-01"),
        EDITION.format("2025-01-01"),
    ),
    "K239": of(
        said(
            "A rubric or edition that `supersedes` names, and that is nowhere to be found, or is this one itself.",
            "Rubrik atau edisi yang disebut `supersedes`, tetapi tidak ditemukan, atau justru rubrik ini sendiri.",
        ),
        said(
            "Whoever wants to see what changed cannot find what was in force before.",
            "Siapa pun yang ingin melihat apa yang berubah tidak menemukan aturan sebelumnya.",
        ),
        said(
            "Mend `rubric` or `edition`, or put the file of the earlier one into the same folder.",
            "Perbaiki `rubric` atau `edition`, atau taruh berkas yang lebih awal dalam folder yang sama.",
        ),
        'edition: "2025"\nsupersedes: {rubric: contoh, edition: "2025"}\n'
        "combine: sum\nindicators:\n  kas: {levels: {ada: 1, tidak: 0}}\n",
        'edition: "2025"\nsupersedes: {rubric: contoh, edition: "2024"}\n'
        "combine: sum\nindicators:\n  kas: {levels: {ada: 1, tidak: 0}}\n",
    ),
    "K240": of(
        said(
            "The bands, levels, steps, grades, gates and other readings that no example of the rubric reaches.",
            "Batasan, jenjang, langkah, predikat, syarat, dan alternatif tafsir yang tidak dicapai contoh mana pun.",
        ),
        said(
            "A line that no example reaches may be copied wrongly, and every example still comes out.",
            "Baris yang tidak dicapai contoh bisa saja salah salin, sementara semua contoh tetap cocok.",
        ),
        said(
            "Add an example for each, worked out from the source: for a gate one that fails it, for a reading one that "
            "takes it.",
            "Tambahkan contoh untuk masing-masing, dihitung dari sumbernya: untuk syarat yang gagal memenuhinya, untuk "
            "tafsir yang memilihnya.",
        ),
        "combine: sum\nindicators:\n  rapat:\n    levels: {rutin: 2, jarang: 1, tidak: 0}\n"
        "    examples: {rutin: 2, jarang: 1}\n",
        "combine: sum\nindicators:\n  rapat:\n    levels: {rutin: 2, jarang: 1, tidak: 0}\n"
        "    examples: {rutin: 2, jarang: 1, tidak: 0}\n",
    ),
    "K241": of(
        said(
            "An entry of `allow` that silences nothing.",
            "Entri `allow` yang tidak meredam apa pun.",
        ),
        said(
            "It was mended meanwhile, or its `at` is wrong; left in place, it would hide the next fault of its kind.",
            "Temuannya sudah diperbaiki, atau `at`-nya salah; bila dibiarkan, kesalahan berikutnya yang sejenis akan "
            "tersembunyi.",
        ),
        said(
            "Delete the entry, or name the place where the code is found.",
            "Hapus entrinya, atau sebut tempat kode itu ditemukan.",
        ),
        f'{NUMBERED.format(8, 9)}allow: {{K216: {{because: "Nomor 8 memang dua kali."}}}}\n',
        f'{NUMBERED.format(8, 8)}allow: {{K216: {{because: "Nomor 8 memang dua kali."}}}}\n',
    ),
    "K242": of(
        said(
            "An entry of `allow` for a code that does not exist.",
            "Entri `allow` untuk kode yang tidak ada.",
        ),
        said(
            "It would silence nothing, whatever it was meant for.",
            "Entri itu tidak akan meredam apa pun, apa pun maksudnya.",
        ),
        said(
            "Name the entry by the code of the finding, or write the code inside it.",
            "Namai entri itu dengan kode temuannya, atau tulis kodenya di dalam.",
        ),
        f'{NUMBERED.format(8, 8)}allow: {{nomor: {{because: "Nomor 8 memang dua kali."}}}}\n',
        f'{NUMBERED.format(8, 8)}allow: {{nomor: {{code: K216, because: "Nomor 8 memang dua kali."}}}}\n',
    ),
    "K243": of(
        said(
            "An entry of `allow` for something that nobody can let stand: what keeps a rubric from being read or "
            "scored "
            "safely, and what no check of a rubric finds.",
            "Entri `allow` untuk sesuatu yang tidak dapat diizinkan: yang membuat rubrik tidak terbaca atau tidak aman "
            "dinilai, dan yang bukan temuan pemeriksaan rubrik.",
        ),
        said(
            "A reason does not give a score to the answer that has none.",
            "Alasan tidak memberi nilai pada jawaban yang tidak bernilai.",
        ),
        said(
            "Delete the entry, and mend what is found.",
            "Hapus entrinya, dan perbaiki yang ditemukan.",
        ),
        f'{NUMBERED.format(8, 9)}allow: {{K203: {{because: "Celahnya tidak pernah terjadi."}}}}\n',
        NUMBERED.format(8, 9),
    ),
    "K248": of(
        said(
            "Printed lines that leave out numbers between them, where only a rounding gives these a line.",
            "Baris tercetak yang melewatkan angka di antaranya, sehingga hanya pembulatan yang memberinya baris.",
        ),
        said(
            "Where 70.5 falls between 60 - 70 and 71 - 80, the way of rounding decides the grade, and the lines do not "
            "say which it is.",
            "Bila 70,5 jatuh di antara 60 - 70 dan 71 - 80, cara pembulatanlah yang menentukan predikat, padahal "
            "baris-barisnya tidak menyebut caranya.",
        ),
        said(
            "Say in a reading with `settles: gap` what the source says of rounding and what was taken. Where numbers "
            "are counted whole, `step: 1` says so, and nothing has to be rounded.",
            "Nyatakan dalam tafsir dengan `settles: gap` apa kata sumber tentang pembulatan dan apa yang dipakai. Bila "
            "angkanya memang bilangan bulat, `step: 1` menyatakannya, dan tidak ada yang perlu dibulatkan.",
        ),
        PRINTED.format('{in: ">= 0", round: {to: 1, mode: half-up}}'),
        PRINTED.format('{in: ">= 0", step: 1}'),
    ),
    "K249": of(
        said(
            "A ladder with a step that can be fulfilled without one before it: it then counts for nothing.",
            "Tangga dengan langkah yang dapat terpenuhi tanpa langkah sebelumnya: langkah itu lalu tidak dihitung.",
        ),
        said(
            "The source may not say what such an answer scores; another reading counts every step by itself.",
            "Sumbernya mungkin tidak menyebut nilai untuk jawaban seperti itu; menurut bacaan lain setiap langkah "
            "dihitung sendiri.",
        ),
        said(
            "Where each row of the source names all that the row before asks, write it so with `all`. Else say in a "
            "reading with `settles: gap` how it was taken, or let it stand with `allow`.",
            "Bila setiap baris sumber menyebut semua yang diminta baris sebelumnya, tulislah demikian dengan `all`. "
            "Bila tidak, nyatakan dalam tafsir dengan `settles: gap` bacaan yang dipakai, atau izinkan dengan `allow`.",
        ),
        STEPS.format("Foto akhir", ""),
        STEPS.replace("score: 1,", "score: 1, all: {{foto_awal: Foto awal}},").format(
            "Foto awal dan akhir", ", all: {foto_awal: Foto awal, foto_akhir: Foto akhir}"
        ),
    ),
}
