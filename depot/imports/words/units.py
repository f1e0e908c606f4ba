"""What packs are called where a list has its units, as patterns of plain letters."""

from __future__ import annotations

from typing import Final

#: What goods come packed in, as lists call it, language by language; a plural may follow.
PACKS: Final = "|".join(
    (
        r"cases?|cs|boxe?s?|packs?|packages?|pk|pkt|cartons?|ctn|trays?|bags?|sacks?|crates?|flats?",
        r"bundles?|sleeves?|multipacks?|pallets?",
        r"kisten?|kartons?|packung(?:en)?|paletten?|gebinde|beutel|sack",
        r"cajas?|paquetes?|bandejas?|bolsas?|sacos?|fardos?",
        r"caisses?|paquets?|barquettes?|sacs?",
        r"confezion[ei]|cassett[ae]|scatol[ae]|carton[ei]|vassoi?o?|pacc(?:o|hi)|sacc(?:o|hi)",
        r"caixas?|pacotes?|engradados?|paletes?",
        r"karton(?:y|ow|u|ie)?|zgrzew(?:ka|ki|ek)|skrzyn(?:ka|ki|ek|ce)|paczk[ai]|paczek|palet[ay]?",
        r"opakowan(?:ie|ia|iu)|wor(?:ek|ki)",
        r"ящик(?:и|ів|а|е|у|ов)?|короб(?:ка|ки|ок|ку|ке|ці)|упаков(?:ка|ки|ок|ку|ке)|упаковці",
        r"пачк[аиуе]|пач[ое]к|блок(?:и|ів|ов|е|у)?|мішок|мішки|мешок|мешки|пал(?:ета|ети|еты|лета)",
        r"koli(?:ler)?|kasa|kutu|paket|cuval|palet",
        r"كرتونه?|كراتين|صندوق|صناديق|علبه|عبوه|كيس|ربطه|شوال|طرد",
        r"كارتن|جعبه|بسته|شل|كيسه|باكس|گوني",
        r"箱|盒|包|袋|提|板",
    )
)
#: Between a pack and its number: case of 12, carton de 12, ящик по 12.
OF: Final = (
    "of|with|à|a|mit|zu|je|de|con|avec|da|com|po|per|по|з|с|من|بها|فيها|تحتوي|حاوي|با|装|有"
    "|/|x|,|-|:"
)
#: Between a number and its pack: 12 per case, 12 шт в коробке.
PER: Final = "per|pro|por|par|a|je|ct|count|x|na|w|в|у|на|em|in|لكل|في|در|هر|/|每|一"
#: What stands behind the number of a pack: 12er, 12'lik, 12 تایی.
COUNTED: Final = (
    r"er|'?l[iu]k?|-?ти|-?pak|szt|sztuk|шт|штук|pz|pezzi|un|und|unidades|uds|adet|st|stk|stuck"
    r"|pieces?|تايي|عددي|عدد|قطعه|حبه|علبه|个|瓶|罐|件|支|颗|入"
)
#: A pack by its number alone.
ALONE: Final = r"er|'?l[iu]k?|\s*تايي|\s*عددي"
#: A pack that may hold any number.
UNSAID: Final = (
    r"cases?|cs|pallets?|paletten?|gebinde|multipacks?|paletes?|palet[ay]?|bancal[ei]"
    r"|пал(?:ета|ети|еты|лета)|منصه|طبليه|پالت|托盘"
)
#: What says how many by its own name.
NAMED: Final = {
    12: "dozen doz dz dutzend docena docenas douzaine dozzina dúzia tuzin дюжина düzine دزينة درزن"
    " دوجین 打",
    2: "pair pairs paar par pares paire paires paio paia para pary пара пари пары çift زوج جفت 双"
    " 对",
}
