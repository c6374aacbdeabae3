"""What is found when a rubric is loaded: it cannot be scored, or nothing is proved about it."""

from __future__ import annotations

from kinerja.explanations.parts import BANDS, READING, WEIGHTED, Explanation, of, said

__all__ = ["PROOFS"]

LETTERS = ", ".join(f"{letter}: {letter.upper()}" for letter in "abcdefghijk")
FIVE = "".join(f"  f{number}: {{kind: choice, options: {{{LETTERS}}}}}\n" for number in range(1, 6))


#: Scores that each ask for the next: one more than may hang on each other.
CHAIN = 30
_LEVELS = "levels: {ada: 1, tidak: 0}"

PROOFS: dict[str, Explanation] = {
    "K200": of(
        said(
            "An indicator with more than 500 bands. The example is shortened: its 501 bands go on as they begin.",
            "Indikator dengan lebih dari 500 batasan. Contohnya dipersingkat: ke-501 batasannya berlanjut seperti "
            "awalnya.",
        ),
        said(
            "Nobody can compare so many bands with their source. Mostly they spell out what a formula says in a line.",
            "Tidak ada yang dapat mencocokkan batasan sebanyak itu dengan sumbernya. Biasanya isinya dapat dinyatakan "
            "dengan satu baris rumus.",
        ),
        said(
            "Where the score follows a line, write a formula. Otherwise join bands that come to the same score.",
            "Bila nilainya mengikuti garis, tulis rumus. Bila tidak, gabungkan batasan yang nilainya sama.",
        ),
        "combine: sum\nindicators:\n  hadir:\n"
        '    measure: {unit: kali, in: "[0..500]", step: 1}\n    bands:\n'
        "      0: {when: 0}\n      1: {when: 1}\n      # ...\n      500: {when: 500}\n",
        'combine: sum\nfacts: {hadir: {unit: kali, in: "[0..500]", step: 1}}\n'
        "indicators:\n  kehadiran: {formula: hadir}\n",
    ),
    "K203": of(
        said(
            "An answer inside the domain, or a combination of answers, that no band of its indicator holds.",
            "Jawaban di dalam ranah, atau gabungan jawaban, yang tidak dimuat batasan mana pun pada indikatornya.",
        ),
        said(
            'Whoever gives that answer has no score. Gaps often lie at the very bound, between "above 40" and '
            '"below 40".',
            "Siapa pun yang menjawab demikian tidak mendapat nilai. Celah sering terletak tepat pada batas, di antara "
            '"di atas 40" dan "di bawah 40".',
        ),
        said(
            "Widen the band that the source means, or narrow the domain `in` where the answer cannot occur. Where the "
            "source leaves it open, decide, and write a reading with `settles: gap` and the other way as alternative.",
            "Perluas batasan yang dimaksud sumber, atau persempit ranah `in` bila jawaban itu tidak mungkin. Bila "
            "sumbernya tidak menjawab, putuskan, lalu tulis tafsir dengan `settles: gap` dan cara lainnya sebagai "
            "alternatif.",
        ),
        f'{BANDS}      1: {{when: "> 40"}}\n      0: {{when: "< 40"}}\n',
        f'{BANDS}      1: {{when: ">= 40"}}\n      0: {{when: "< 40"}}\n',
    ),
    "K204": of(
        said(
            "An answer that two bands of one indicator both hold.",
            "Jawaban yang dimuat dua batasan pada satu indikator.",
        ),
        said(
            "The same answer would have two scores. No band wins by standing first: the order of bands says nothing.",
            "Jawaban yang sama akan bernilai dua. Tidak ada batasan yang menang karena urutan: urutan tidak berarti "
            "apa-apa.",
        ),
        said(
            "Narrow the band that the source does not mean. Where the source itself names both, decide, and write a "
            "reading with `settles: overlap` and the other way as alternative.",
            "Persempit batasan yang tidak dimaksud sumber. Bila sumbernya sendiri menyebut keduanya, putuskan, lalu "
            "tulis tafsir dengan `settles: overlap` dan cara lainnya sebagai alternatif.",
        ),
        f'{BANDS}      1: {{when: ">= 40"}}\n      0: {{when: "<= 40"}}\n',
        f'{BANDS}      1: {{when: ">= 40"}}\n      0: {{when: "< 40"}}\n',
    ),
    "K205": of(
        said(
            "The weights of a weighted sum that add up to something else than 100 %, or than the group's own weight.",
            "Bobot jumlah berbobot yang jumlahnya bukan 100%, dan bukan pula bobot kelompoknya sendiri.",
        ),
        said(
            "The best total is then out of reach, or lies above the scale that grades and awards are written for.",
            "Nilai tertinggi menjadi tidak tercapai, atau melampaui skala yang dipakai predikat dan imbalan.",
        ),
        said(
            "Mend the weight that was copied wrongly. Where the weights of the source do not add up and are "
            "meant to be "
            "divided by their sum, write `combine: weighted-mean`.",
            "Perbaiki bobot yang salah salin. Bila jumlah bobot pada sumber memang tidak genap dan maksudnya dibagi "
            "dengan jumlah itu, tulis `combine: weighted-mean`.",
        ),
        "combine: weighted-sum\nindicators:\n"
        "  hadir: {weight: 60%, levels: {ya: 1, tidak: 0}}\n  kas: {weight: 30%, levels: {ya: 1, tidak: 0}}\n",
        "combine: weighted-sum\nindicators:\n"
        "  hadir: {weight: 60%, levels: {ya: 1, tidak: 0}}\n  kas: {weight: 40%, levels: {ya: 1, tidak: 0}}\n",
    ),
    "K206": of(
        said(
            "An alternative of a reading under which the rubric cannot be read, or has a gap, an overlap or open "
            "weights.",
            "Alternatif suatu tafsir yang membuat rubrik tidak terbaca, bercelah, tumpang-tindih, atau bobotnya tidak "
            "genap.",
        ),
        said(
            "Whoever takes the source the other way would be refused, or find answers without a score.",
            "Siapa pun yang memilih tafsir itu akan ditolak, atau menemukan jawaban tanpa nilai.",
        ),
        said(
            "Complete the `change`: an alternative that widens one band has to narrow its neighbour.",
            "Lengkapi `change`: alternatif yang memperluas satu batasan harus mempersempit batasan di sebelahnya.",
        ),
        f'{BANDS}      1: {{when: ">= 40"}}\n      0: {{when: "< 40"}}\n{READING}'
        '        change: {indicators: {perempuan: {bands: {1: {when: "> 40"}}}}}\n',
        f'{BANDS}      1: {{when: ">= 40"}}\n      0: {{when: "< 40"}}\n{READING}'
        '        change: {indicators: {perempuan: {bands: {1: {when: "> 40"}, 0: {when: "<= 40"}}}}}\n',
    ),
    "K208": of(
        said(
            "A configuration, that is answers that decide what applies, in which the weights of a weighted sum do not "
            "add up.",
            "Keadaan, yaitu jawaban yang menentukan apa yang berlaku, yang membuat jumlah bobot tidak genap.",
        ),
        said(
            "Subjects in that configuration are scored on another scale than all others.",
            "Subjek dalam keadaan itu dinilai dengan skala yang berbeda dari yang lain.",
        ),
        said(
            "Give a weight by cases, let another indicator take over the weight, or write `combine: "
            "weighted-mean` where "
            "the rest is meant to count for more.",
            "Beri bobot menurut kasus, alihkan bobotnya ke indikator lain, atau tulis `combine: weighted-mean` bila "
            "sisanya memang harus lebih menentukan.",
        ),
        WEIGHTED.format("60%", "40%"),
        WEIGHTED.format("[{when: {lokasi: kumuh}, is: 60%}, {when: {lokasi: cegah}, is: 100%}]", "40%"),
    ),
    "K209": of(
        said(
            "A node that more combinations of answers decide than can be tried.",
            "Simpul yang ditentukan oleh lebih banyak gabungan jawaban daripada yang dapat dicoba.",
        ),
        said(
            "Nothing is claimed about it: it may have gaps, overlaps or open weights that only a sheet will show.",
            "Tidak ada yang dinyatakan tentangnya: mungkin ada celah, tumpang-tindih, atau bobot tidak genap yang baru "
            "tampak pada lembar.",
        ),
        said(
            "Let fewer facts decide together: split the indicator, or test one fact after the other. Where the source "
            "leaves no choice, write examples, and let the finding stand with `allow`.",
            "Kurangi isian yang menentukan bersama-sama: pecah indikatornya, atau uji isiannya satu per satu. Bila "
            "sumbernya tidak memberi pilihan, tulis contoh, dan izinkan temuan ini dengan `allow`.",
        ),
        f"combine: sum\nfacts:\n{FIVE}indicators:\n  semua:\n    bands:\n"
        "      1: {when: {f1: a, f2: b, f3: c, f4: d, f5: e}}\n"
        "      0:\n        when:\n"
        + "".join(f"          - {{f{n}: not({c})}}\n" for n, c in enumerate("abcde", 1)),
        f"combine: sum\nfacts:\n{FIVE}indicators:\n"
        + "".join(
            f"  bagian{n}: {{bands: {{1: {{when: {{f{n}: {c}}}}}, 0: {{when: {{f{n}: not({c})}}}}}}}}\n"
            for n, c in enumerate("abcde", 1)
        ),
    ),
    "K210": of(
        said(
            "Bands, cases or weights that read what other nodes came to.",
            "Batasan, kasus, atau bobot yang membaca hasil simpul lain.",
        ),
        said(
            "Not every score can occur together with every other, so that gaps and overlaps cannot be proved there.",
            "Tidak setiap nilai dapat muncul bersama nilai lain, sehingga celah dan tumpang-tindih tidak dapat "
            "dibuktikan di situ.",
        ),
        said(
            "Read facts instead of scores where the source does; else try it with examples, and let the finding stand "
            "with `allow`.",
            "Baca isian, bukan nilai, bila sumbernya demikian; bila tidak, ujilah dengan contoh, dan izinkan "
            "temuan ini "
            "dengan `allow`.",
        ),
        "combine: sum\nindicators:\n  kas: {levels: {ada: 1, tidak: 0}}\n"
        "  lanjut: {bands: {1: {when: {kas.score: 1}}, 0: {when: {kas.score: 0}}}}\n",
        "combine: sum\nindicators:\n  kas: {levels: {ada: 1, tidak: 0}}\n"
        "  lanjut: {bands: {1: {when: {kas: ada}}, 0: {when: {kas: tidak}}}}\n",
    ),
    "K211": of(
        said(
            "An alternative of a reading that changes which rubric it is, and not its rules.",
            "Alternatif suatu tafsir yang mengubah jati diri rubrik, bukan aturannya.",
        ),
        said(
            "A trail names the rubric and the readings taken; under another name nobody could tell which rules "
            "it means.",
            "Jejak menyebut rubrik dan tafsir yang dipakai; dengan nama lain tidak ada yang tahu aturan mana yang "
            "dimaksud.",
        ),
        said(
            "Leave `id`, `edition`, `valid`, `examples` and the like out of the `change`. Another rubric is a "
            "file that "
            "extends this one.",
            "Hapus `id`, `edition`, `valid`, `examples`, dan sejenisnya dari `change`. Rubrik lain adalah berkas yang "
            "memperluas rubrik ini (`extends`).",
        ),
        f'{BANDS}      1: {{when: ">= 40"}}\n      0: {{when: "< 40"}}\n{READING}'
        '        change: {id: lain, indicators: {perempuan: {bands: {1: {when: "> 40"}, 0: {when: "<= 40"}}}}}\n',
        f'{BANDS}      1: {{when: ">= 40"}}\n      0: {{when: "< 40"}}\n{READING}'
        '        change: {indicators: {perempuan: {bands: {1: {when: "> 40"}, 0: {when: "<= 40"}}}}}\n',
    ),
    "K212": of(
        said(
            "A node that has no weight, or several, in some configuration.",
            "Simpul yang dalam suatu keadaan tidak berbobot, atau berbobot lebih dari satu.",
        ),
        said(
            "What applies must count for something, and only once; else nobody can say what the total is.",
            "Yang berlaku harus dihitung, dan hanya satu kali; bila tidak, nilai totalnya tidak dapat ditentukan.",
        ),
        said(
            "Let the cases of the weight exclude each other and leave no answer out; what is not to count needs "
            "`applies`.",
            "Buat kasus bobotnya saling terpisah dan mencakup semua jawaban; yang tidak dihitung memerlukan `applies`.",
        ),
        WEIGHTED.format("[{when: {lokasi: kumuh}, is: 60%}]", "40%"),
        WEIGHTED.format("[{when: {lokasi: kumuh}, is: 60%}, {when: {lokasi: cegah}, is: 100%}]", "40%"),
    ),
    "K219": of(
        said(
            "Scores, grades and conditions that hang on each other one after another, more than 60 in a row.",
            "Nilai, predikat, dan syarat yang saling bergantung berurutan, lebih dari 60 berturut-turut.",
        ),
        said(
            "Nobody can follow why such a score is what it is: each step asks for the one before it.",
            "Tidak ada yang dapat menelusuri asal nilai seperti itu: setiap langkah menanyakan langkah sebelumnya.",
        ),
        said(
            "Let nodes read facts instead of what other nodes came to.",
            "Biarkan simpul membaca isian, bukan hasil simpul lain.",
        ),
        f"combine: sum\nindicators:\n  n0: {{{_LEVELS}}}\n"
        + "".join(f"  n{n}: {{applies: {{n{n - 1}.score: 1}}, {_LEVELS}}}\n" for n in range(1, CHAIN)),
        f"combine: sum\nindicators:\n  n0: {{{_LEVELS}}}\n"
        + "".join(f"  n{n}: {{applies: {{n0: ada}}, {_LEVELS}}}\n" for n in range(1, CHAIN)),
    ),
}
