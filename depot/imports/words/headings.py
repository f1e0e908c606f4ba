"""What columns are called in the languages whose words do not stand in `rows.fields`.

Italian, Portuguese, Polish, Ukrainian, Russian, Turkish, Arabic, Persian and Chinese, as they are
written: a comparison leaves out accents, case, blanks and the signs that keyboards differ in.
"""

from __future__ import annotations

from typing import Final

_NOTE: Final = (
    "note, osservazioni, commento, commenti, esempi, descrizione",
    "nota, notas, observação, observações, comentário, comentários, exemplos, descrição",
    "uwagi, uwaga, notatka, notatki, komentarz, opis, przykłady",
    "примітка, примітки, коментар, опис, приклади, нотатки",
    "примечание, примечания, комментарий, описание, примеры, заметки",
    "not, notlar, açıklama, açıklamalar, yorum, örnekler",
    "ملاحظة, ملاحظات, تعليق, وصف, أمثلة",
    "یادداشت, توضیح, توضیحات, ملاحظات, شرح, نمونه ها",
    "备注, 说明, 描述, 注释, 例子",
)
_NAME: Final = (
    "articolo, articoli, nome, nome articolo, nome prodotto, prodotto, prodotti, merce, alimento",
    "produto, produtos, nome, nome do produto, item, artigo, mercadoria, alimento, alimentos",
    "produkt, produkty, nazwa, nazwa produktu, towar, towary, artykuł, żywność",
    "товар, товари, назва, назва товару, продукт, продукти, найменування",
    "товар, товары, название, название товара, продукт, продукты, наименование",
    "наименование товара",
    "ürün, ürünler, ürün adı, ad, adı, isim, malzeme, malzeme adı, gıda, mal",
    "الصنف, صنف, الأصناف, اسم الصنف, المنتج, اسم المنتج, الاسم, اسم, المادة, البضاعة, السلعة",
    "کالا, نام کالا, محصول, نام محصول, نام, قلم, اقلام, جنس, شرح کالا",
    "物品, 物品名称, 品名, 商品, 商品名称, 名称, 产品, 产品名称, 食品, 货品, 货物名称",
)
_CATEGORY: Final = (
    "categoria, gruppo, tipo, genere",
    "categoria, grupo, tipo, grupo de alimentos",
    "kategoria, grupa, rodzaj, typ",
    "категорія, група, вид, тип",
    "категория, группа, вид, тип",
    "kategori, grup, tür, cins",
    "الفئة, فئة, التصنيف, تصنيف, المجموعة, النوع",
    "دسته, دسته بندی, گروه, نوع, طبقه بندی",
    "类别, 分类, 种类, 类型, 品类",
)
_UNIT: Final = (
    "unità, unità di misura, um",
    "unidade, unidade de medida, un, und",
    "jednostka, jednostka miary, jm, j m",
    "одиниця, одиниця виміру, од, од виміру, одиниці",
    "единица, единица измерения, ед, ед изм, единицы",
    "birim, ölçü birimi, birimi",
    "الوحدة, وحدة, وحدة القياس",
    "واحد, واحد شمارش, واحد اندازه گیری",
    "单位, 计量单位",
)
_WEIGHT: Final = (
    "peso, peso netto, peso unitario, peso di uno",
    "peso, peso líquido, peso unitário",
    "waga, waga netto, masa, masa netto, waga sztuki",
    "вага, вага нетто, вага одиниці, маса, маса нетто",
    "вес, вес нетто, вес единицы, масса, масса нетто",
    "ağırlık, net ağırlık, birim ağırlık, gramaj",
    "الوزن, وزن, الوزن الصافي, وزن الواحدة, وزن الوحدة",
    "وزن, وزن خالص, وزن واحد, وزن هر واحد, وزن هر عدد",
    "重量, 净重, 单重, 单位重量, 净含量",
)
_SIZE: Final = (
    "taglia, misura, formato",
    "tamanho",
    "rozmiar",
    "розмір",
    "размер",
    "beden, boy",
    "المقاس, مقاس, الحجم",
    "اندازه, سایز",
    "尺寸, 尺码, 规格",
)
_BARCODE: Final = (
    "codice a barre",
    "código de barras",
    "kod kreskowy",
    "штрихкод, штрих код",
    "штрихкод, штрих код",
    "barkod",
    "الباركود, باركود, رمز شريطي, الرمز الشريطي",
    "بارکد",
    "条码, 条形码, 商品条码",
)
_ALLERGENS: Final = (
    "allergeni, allergene, contiene",
    "alérgenos, alergênicos, alérgeno, contém",
    "alergeny, alergen, zawiera",
    "алергени, алерген, містить",
    "аллергены, аллерген, содержит",
    "alerjenler, alerjen, içerir, içindekiler alerjen",
    "مسببات الحساسية, مسبّبات الحساسية, الحساسية, يحتوي على, يحتوي",
    "مواد حساسیت زا, حساسیت زا, آلرژن, آلرژن ها, آلرژی, حاوی",
    "过敏原, 致敏物, 含有",
)
_DIETS: Final = (
    "diete, dieta, adatto a",
    "dietas, dieta, adequado para",
    "diety, dieta",
    "дієти, дієта",
    "диеты, диета",
    "diyetler, diyet, beslenme",
    "الحميات, الحمية, حمية, النظام الغذائي",
    "رژیم, رژیم غذایی, رژیم ها",
    "饮食, 饮食要求",
)
_STATE: Final = (
    "stato",
    "estado, situação",
    "stan, status",
    "стан, статус",
    "состояние, статус",
    "durum, durumu",
    "الحالة, حالة",
    "وضعیت",
    "状态",
)
_PLACE: Final = (
    "posto, luogo, ubicazione, scaffale, magazzino, stanza",
    "local, lugar, localização, prateleira, depósito, sala",
    "miejsce, lokalizacja, półka, regał, magazyn, pomieszczenie",
    "місце, розташування, полиця, стелаж, склад, приміщення",
    "место, расположение, полка, стеллаж, склад, помещение",
    "yer, konum, raf, depo, oda, yeri",
    "المكان, مكان, الموقع, الرف, رف, المخزن, الغرفة",
    "جا, مکان, محل, قفسه, انبار, اتاق, محل نگهداری",
    "位置, 地点, 货架, 库位, 仓位, 房间, 存放位置",
)
_BOX_NUMBER: Final = (
    "cassetta, numero cassetta, scatola, numero scatola, cassa, numero cassa",
    "caixa, número da caixa, nº da caixa, código da caixa",
    "skrzynka, numer skrzynki, nr skrzynki, pudełko, numer pudełka, karton, nr kartonu",
    "ящик, номер ящика, № ящика, коробка, номер коробки",
    "ящик, номер ящика, № ящика, коробка, номер коробки",
    "kasa, kasa no, kasa numarası, koli no, koli numarası, kutu no, kutu numarası",
    "الصندوق, صندوق, رقم الصندوق, رمز الصندوق",
    "جعبه, شماره جعبه, کد جعبه, کارتن, شماره کارتن",
    "箱子, 箱号, 箱子编号, 箱编号",
)
_BOX_TYPE: Final = (
    "tipo di cassetta, tipo di scatola",
    "tipo de caixa",
    "rodzaj skrzynki, typ skrzynki",
    "тип ящика, вид ящика",
    "тип ящика, вид ящика",
    "kasa türü, kutu türü",
    "نوع الصندوق",
    "نوع جعبه",
    "箱型, 箱子类型",
)
_DATE: Final = (
    "scadenza, data di scadenza, da consumarsi entro, tmc",
    "validade, data de validade, vencimento, consumir até",
    "data ważności, termin ważności, ważność, najlepiej spożyć przed, data przydatności",
    "термін придатності, придатний до, вжити до, краще спожити до, дата придатності",
    "срок годности, годен до, употребить до, дата годности",
    "son kullanma tarihi, skt, stt, son tüketim tarihi, tett, tavsiye edilen tüketim tarihi",
    "تاريخ الانتهاء, تاريخ انتهاء الصلاحية, انتهاء الصلاحية, الصلاحية, صالح حتى, ينتهي في",
    "تاریخ انقضا, انقضا, تاریخ مصرف, بهترین تا, مصرف تا, تاریخ انقضاء",
    "到期日, 有效期, 保质期, 有效期至, 保质期至, 过期日期, 最佳食用日期, 此日期前最佳",
)
_FILLED_ON: Final = (
    "riempita il, data di riempimento",
    "preenchida em, data de preenchimento, embalada em",
    "napełniono, data napełnienia, zapakowano",
    "заповнено, дата заповнення, спаковано",
    "заполнено, дата заполнения, упаковано",
    "doldurma tarihi, dolduruldu, paketleme tarihi",
    "تاريخ التعبئة, عبئ في",
    "تاریخ پر شدن, تاریخ بسته بندی",
    "装箱日期, 装箱日",
)
_QUANTITY: Final = (
    "quantità, qtà, numero, pezzi, giacenza, scorta",
    "quantidade, qtd, qtde, número, unidades, estoque, em estoque",
    "ilość, liczba, sztuk, stan magazynowy, szt",
    "кількість, к ть, кількість штук, залишок, штук",
    "количество, кол во, остаток, штук, число",
    "miktar, adet, sayı, stok, mevcut",
    "الكمية, كمية, العدد, عدد, المخزون",
    "تعداد, مقدار, موجودی, شمار",
    "数量, 件数, 库存, 库存量, 现有数量",
)
_LOT: Final = (
    "lotto, numero lotto, numero di lotto",
    "lote, número do lote",
    "partia, numer partii, nr partii",
    "партія, номер партії",
    "партия, номер партии",
    "parti, parti no, parti numarası, lot no",
    "التشغيلة, رقم التشغيلة, الدفعة, رقم الدفعة",
    "سری, شماره سری, سری ساخت, بچ",
    "批次, 批号",
)
_GONE: Final = (
    "archiviato, smaltito, venduto, consegnato",
    "arquivado, descartado, vendido, entregue",
    "zarchiwizowano, wydano, sprzedano, wyrzucono",
    "архівовано, видано, продано, викинуто",
    "архивировано, выдано, продано, выброшено",
    "arşivlendi, verildi, satıldı, atıldı",
    "مؤرشف, مسلّم, مباع",
    "بایگانی شده, داده شده, فروخته شده",
    "已归档, 已发放, 已售出, 已处理",
)
#: By the field's name, and before it the kind of table where a name means two things.
HEADINGS: Final = {
    "name": _NAME,
    "item": (
        *_NAME,
        "contenuto, conteúdo, zawartość, вміст, содержимое, içerik, المحتوى, محتوا, 内容",
    ),
    "category": _CATEGORY,
    "category_description": (
        "descrizione della categoria, descrição da categoria, opis kategorii, опис категорії",
        "описание категории, kategori açıklaması, وصف الفئة, توضیح دسته, 类别说明",
    ),
    "unit": _UNIT,
    "weight": _WEIGHT,
    "size": _SIZE,
    "note": _NOTE,
    "barcode": _BARCODE,
    "allergens": _ALLERGENS,
    "diets": _DIETS,
    "state": _STATE,
    "gone": _GONE,
    "locations.name": (*_PLACE, "nome, nazwa, назва, название, ad, الاسم, نام, 名称"),
    "description": _NOTE,
    "box_number": _BOX_NUMBER,
    "box_type": _BOX_TYPE,
    "location": _PLACE,
    "date": _DATE,
    "date_year": (
        "anno di scadenza, anno, ano de validade, rok ważności, rok, рік придатності, рік",
        "год годности, год, yıl, سنة الانتهاء, السنة, سال انقضا, سال, 到期年份, 年份, 年",
    ),
    "date_month_start": (
        "mese iniziale, mese, mês inicial, mês, miesiąc od, miesiąc, місяць від, місяць",
        "месяц от, месяц, ilk ay, ay, الشهر الأول, الشهر, ماه اول, ماه, 起始月, 月份, 月",
    ),
    "date_month_end": (
        "mese finale, mês final, miesiąc do, місяць до, месяц до, son ay, الشهر الأخير",
        "ماه آخر, 结束月",
    ),
    "filled_on": _FILLED_ON,
    "quantity": _QUANTITY,
    "lot_code": _LOT,
}
