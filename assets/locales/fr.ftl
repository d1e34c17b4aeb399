## labels of the contract

label-optimized-delivery = réception/distribution optimisée
label-upgrade-section = Optimisez vos envois avec la réception/distribution optimisée
label-upgrade-action = Paramètre de mise à niveau
label-accounts-section = Gestion des comptes WhatsApp Business
label-tab-compose = Composer
label-tab-settings = Paramètres
label-tab-preview = Aperçu
label-tab-test = Test
label-delivery-method = Méthode de réception/distribution
label-optimized-checkbox = Livraison optimisée (recommandée)
label-banner-ineligible = Au moins un compte WhatsApp Business est restreint par Meta. Les comptes doivent être en règle pour pouvoir être mis à jour.
label-banner-general = Un problème est survenu pendant la mise à niveau. Réessayez ou contactez le service d'assistance.

## commands

command-app-quit = quitter
command-app-quit-help = Quitter wabadeck. Le terminal est rendu tel qu'il était.
command-app-suspend = suspendre
command-app-suspend-help = Mettre wabadeck en arrière-plan ; la commande fg du shell le ramène.
command-help-open = aide
command-help-open-help = Montrer toutes les touches utilisables ici.
command-palette-open = commandes
command-palette-open-help = Trouver une commande par son nom et l'exécuter.
command-view-back = retour
command-view-back-help = Fermer ce qui est au premier plan, ou revenir aux comptes.
command-accounts-show = comptes
command-accounts-show-help = Montrer tous les comptes WhatsApp Business.
command-activity-show = activité
command-activity-show-help = Montrer ce qui a changé sur les comptes ; depuis un compte, ce qui a changé sur lui.
command-activity-open-account = ouvrir le compte
command-activity-open-account-help = Ouvrir le compte de l'événement choisi.
command-activity-filter = filtrer
command-activity-filter-help = Ne montrer que les événements qui contiennent ce que vous tapez.
command-activity-account = compte
command-activity-account-help = Choisir le compte dont les événements s'affichent.
command-activity-kind = genre
command-activity-kind-help = Choisir le genre d'événements affichés.
command-activity-period = période
command-activity-period-help = Choisir jusqu'où remontent les événements.
command-activity-copy = copier
command-activity-copy-help = Copier l'événement choisi en une ligne.
command-results-show = résultats
command-results-show-help = Montrer ce que sont devenus les messages du compte sélectionné, selon leur méthode.
command-results-template = modèle
command-results-template-help = Choisir un modèle et voir envoyés, distribués, lus et clics par méthode.
command-results-period = période
command-results-period-help = Passer de 7 à 30 puis à 90 jours en arrière.
command-results-enable = activer les statistiques
command-results-enable-help = Activer les statistiques de modèles de ce compte ; demande d'abord, car c'est irréversible.
command-results-export = exporter les destinataires
command-results-export-help = Écrire deux fichiers privés : les échecs 131049 (un autre canal, ou après 24 heures) et 131050 (plus jamais).
command-composer-show = composer
command-composer-show-help = Écrire un message depuis le compte choisi et voir par où il passera avant de l'envoyer.
command-fleet-refresh = actualiser
command-fleet-refresh-help = Redemander tous les comptes à Meta. Ce qui est connu reste à l'écran entre-temps.
command-benefits-open = avantages
command-benefits-open-help = Ce qu'apporte la réception/distribution optimisée, en cinq points.
command-upgrade-open = Paramètre de mise à niveau
command-upgrade-next = suivant
command-upgrade-next-help = Passer au portefeuille suivant qui peut être mis à niveau.
command-upgrade-filter = filtrer
command-upgrade-filter-help = Réduire la liste des portefeuilles par nom, id ou compte.
command-upgrade-show = par état
command-upgrade-show-help = Montrer les portefeuilles à mettre à niveau, en attente, bloqués ou terminés.
command-upgrade-copy-address = copier le lien
command-upgrade-copy-address-help = Copier l'adresse de la page où les conditions s'acceptent.
command-upgrade-abandon = ne plus attendre
command-upgrade-abandon-help = Ne plus attendre la mise à niveau de ce portefeuille et oublier qu'elle a été commencée.
command-upgrade-open-help = Mettre les comptes à niveau, portefeuille par portefeuille.
command-restricted-show = compte restreint
command-restricted-show-help = Aller au prochain compte restreint par Meta.
command-banner-dismiss = masquer
command-banner-dismiss-help = Masquer une erreur générale. La bannière d'inéligibilité reste tant qu'un compte est restreint.
command-failure-copy = copier l'erreur
command-failure-copy-help = Copier ce dont l'assistance a besoin : code, sous-code, identifiant de trace, identifiant de session et heure.
command-support-open = Assistance
command-support-open-help = Ouvrir l'adresse de l'assistance indiquée dans la configuration.
command-move-up = haut
command-move-up-help = Monter d'une ligne.
command-move-down = bas
command-move-down-help = Descendre d'une ligne.
command-move-page-up = page haut
command-move-page-up-help = Monter d'une page.
command-move-page-down = page bas
command-move-page-down-help = Descendre d'une page.
command-move-first = début
command-move-first-help = Aller à la première ligne.
command-move-last = fin
command-move-last-help = Aller à la dernière ligne.
command-account-open = ouvrir
command-account-open-help = Montrer tout ce qui est connu du compte choisi.
command-accounts-filter = filtrer
command-accounts-filter-help = Ne montrer que les comptes qui correspondent : nom, identifiant, portefeuille, pays, numéro ou état.
command-accounts-sort = trier
command-accounts-sort-help = Trier par la colonne suivante. Le premier ordre place le pire en tête.
command-accounts-reverse = inverser
command-accounts-reverse-help = Inverser l'ordre.
command-account-copy = copier l'id
command-account-copy-help = Copier l'identifiant du compte choisi.
command-account-copy-open = copier
command-account-copy-open-help = Copier la ligne choisie et tout ce qui s'y rattache.
command-composer-next-tab = onglet suivant
command-composer-next-tab-help = Passer à l'onglet suivant : Composer, Paramètres, Aperçu, Test.
command-composer-previous-tab = onglet précédent
command-composer-previous-tab-help = Revenir à l'onglet précédent.
command-composer-pick-template = modèle
command-composer-pick-template-help = Choisir un autre modèle de ce compte.
command-composer-send = envoyer le test
command-composer-send-help = Envoyer ce message au numéro de test, après une dernière question.
command-composer-copy-request = copier la requête
command-composer-copy-request-help = Copier la requête exacte sous forme de commande curl, sans le jeton.
command-composer-show-request = requête
command-composer-show-request-help = Montrer la requête exacte d'un test, en JSON ou en curl, sans le jeton.
command-composer-show-checks = vérifications
command-composer-show-checks-help = Montrer toutes les vérifications avant l'envoi, chacune avec son remède.
command-composer-drafts = brouillons
command-composer-drafts-help = Reprendre un des derniers brouillons, ou un fichier.
command-composer-export-draft = exporter
command-composer-export-draft-help = Transmettre le brouillon en fichier, avec ou sans les numéros des destinataires.

## scopes

scope-everywhere = Partout
scope-accounts = Comptes
scope-account = Un compte
scope-activity = Activité
scope-results = Résultats
scope-composer = Composition
scope-upgrade = Mise à niveau

## frame

frame-sandbox = SANDBOX
frame-connecting = connexion…
frame-not-connected = non connecté
frame-profile = {" "}profil { $name }
frame-refreshing = actualisation…
frame-refreshing-slowly = actualisation depuis { $seconds } s
frame-as-of = à { $time }
frame-failed = actualisation échouée
frame-too-small = wabadeck a besoin de 60×15 ; ce terminal fait { $width }×{ $height }
frame-broken-task = Un problème est survenu dans wabadeck : { $reason }. Le journal donne les détails.
frame-copied = Copié : { $what }
frame-copied-failure = Copié : ce dont l'assistance a besoin.
frame-browser-opened = Ouvert dans le navigateur : { $url }
frame-browser-failed = Aucun navigateur n'a pu être ouvert. L'adresse est { $url }
frame-cannot-yet = Pas encore : connexion en cours.
frame-usage = limite API utilisée à { $percent } %
frame-resting = API en pause jusqu'à { $time }
account-usage = Limite API
account-usage-percent = utilisée à { $percent } %
account-usage-resting = épuisée ; appels en pause jusqu'à { $time }
account-blind-spot = Pas vu par
frame-at-home = C'est le premier écran ; q quitte.
frame-no-accounts = Aucun compte n'est encore connu.
frame-no-selection = Aucun compte n'est choisi.
frame-nothing-loaded-twice = Une demande à Meta est déjà en cours.
frame-press-again = indisponible : { $reason }

## accounts

accounts-count = { $count ->
    [one] 1 compte
   *[other] { $count } comptes
}
accounts-on = { $count ->
    [one] { $count } activé
   *[other] { $count } activés
}
accounts-filtered = { $shown } sur { $all } correspondent à « { $filter } »
accounts-filter-prompt = filtre :
accounts-filter-hint = nom, identifiant, portefeuille, pays, numéro ou état
accounts-sorted = { $column }{ $direction }
accounts-none-match = Aucun compte ne correspond à « { $filter } ».  esc efface le filtre.
accounts-key-elsewhere = « { $title } » se fait sur l'écran d'un compte : { $key } l'ouvre.
accounts-none = Ce jeton ne voit aucun compte WhatsApp Business.
accounts-none-hint = Il lui manque peut-être whatsapp_business_management, ou aucun compte ne lui est attribué. `wabadeck accounts` affiche la réponse de chaque voie de recherche.
accounts-loading = Demande à Meta de tous les comptes visibles par ce jeton…
accounts-failed = Les comptes n'ont pas pu être lus : { $reason }
accounts-failed-stale = Actualisation impossible : { $reason }
accounts-blind-spots = { $count ->
    [one] Une voie de recherche des comptes a échoué : { $reason }
   *[other] { $count } voies de recherche des comptes ont échoué ; la première : { $reason }
}
accounts-column-status = État
accounts-column-name = Compte
accounts-column-health = Santé
accounts-column-quality = Qualité
accounts-column-portfolio = Portefeuille
accounts-column-country = Pays
accounts-column-country-short = Pays
accounts-column-numbers = Numéros
accounts-column-numbers-short = Nos
accounts-column-refreshed = À
accounts-sort-attention = le pire d'abord

## status

status-short-eligible = À mettre à niveau
status-short-onboarded = Activé
status-short-pending-valid-payment-method = Paiement requis
status-short-pending-internal-setup = En préparation
status-short-ineligible-inactive-or-restricted = Restreint
status-short-ineligible-country-not-supported = Pays exclu
status-short-ineligible-on-behalf-of-waba = Pour un tiers
status-short-ineligible-using-whatsapp-business-app = Appli Business
status-short-unknown = Inconnu
status-short-not-reported = Non communiqué
status-title-eligible = Peut être mis à niveau — pas encore activé
status-title-onboarded = La réception/distribution optimisée est activée
status-title-pending-valid-payment-method = Pas activé : il manque un moyen de paiement
status-title-pending-internal-setup = Pas encore activé : Meta le prépare
status-title-ineligible-inactive-or-restricted = Ne peut pas être mis à niveau : inactif ou restreint par Meta
status-title-ineligible-country-not-supported = Ne peut pas être mis à niveau : le pays n'est pas pris en charge
status-title-ineligible-on-behalf-of-waba = Ne peut pas être mis à niveau : détenu pour le compte d'une autre entreprise
status-title-ineligible-using-whatsapp-business-app = Ne peut pas être mis à niveau : un numéro est utilisé dans l'application WhatsApp Business
status-title-unknown = Meta a envoyé un état que cette version ne connaît pas : { $value }
status-title-not-reported = Meta n'a pas communiqué d'état
status-meaning-eligible = Les conditions de l'API Marketing Messages n'ont pas été acceptées. D'ici là, les messages marketing passent par la Cloud API.
status-meaning-onboarded = Les modèles marketing passent par l'API Marketing Messages. Il n'y a rien d'autre à faire.
status-meaning-pending-valid-payment-method = Les conditions sont acceptées, mais Meta attend un moyen de paiement valide pour ce compte.
status-meaning-pending-internal-setup = Les conditions sont acceptées et Meta configure le compte. Personne n'a rien à faire.
status-meaning-ineligible-inactive-or-restricted = Le compte est inactif, ou une mesure d'application des règles l'empêche d'envoyer des messages.
status-meaning-ineligible-country-not-supported = Meta ne propose pas la réception/distribution optimisée dans le pays de ce compte.
status-meaning-ineligible-on-behalf-of-waba = Le compte relève de l'ancien modèle « pour le compte de », qui ne peut pas être mis à niveau tel quel.
status-meaning-ineligible-using-whatsapp-business-app = Un numéro de ce compte est utilisé dans l'application WhatsApp Business.
status-meaning-unknown = Il est peut-être plus récent que cette version de wabadeck. Il est traité comme non activé.
status-meaning-not-reported = Le jeton n'a peut-être pas l'autorisation, ou la version de l'API ne connaît pas ce champ. Il est traité comme non activé.
status-next-eligible = Appuyez sur { $key } pour « Paramètre de mise à niveau ». Une seule acceptation vaut pour tout le portefeuille.
status-next-onboarded = Composez un message marketing avec { $key }.
status-next-pending-valid-payment-method = L'administrateur de l'entreprise ajoute un moyen de paiement dans Facturation (business.facebook.com/billing_hub).
status-next-pending-internal-setup = Rien à faire qu'attendre : la prochaine actualisation le montrera quand Meta aura terminé.
status-next-ineligible-inactive-or-restricted = Faites appel dans Business Support Home (business.facebook.com/business-support-home), qui indique la raison.
status-next-ineligible-country-not-supported = Rien à faire d'ici ; les messages passent par la Cloud API.
status-next-ineligible-on-behalf-of-waba = Transférez la propriété au portefeuille du client, ou envoyez l'invitation de partenaire.
status-next-ineligible-using-whatsapp-business-app = Passez le numéro sur la seule Cloud API, puis actualisez.
status-next-unknown = Cherchez la valeur dans la documentation de Meta, ou mettez wabadeck à jour.
status-next-not-reported = Actualisez ; si rien ne change, vérifiez les autorisations du jeton.

## health

health-available = disponible
health-limited = limité
health-blocked = bloqué
health-unknown = { $value }
health-not-reported = –
health-entity-app = Appli
health-entity-business = Entreprise
health-entity-waba = Compte
health-entity-phone-number = Numéro
health-entity-message-template = Modèle
health-entity-unknown = { $value }

## quality

quality-green = vert
quality-yellow = jaune
quality-red = rouge
quality-na = non noté
quality-unknown = { $value }

## numbers

number-status-connected = Actif
number-status-pending = En attente
number-status-flagged = Signalé
number-status-rate-limited = Débit limité
number-status-restricted = Restreint
number-status-banned = Banni
number-status-disconnected = Déconnecté
number-status-linked = Lié
number-status-unlinked = Délié
number-status-deleted = Supprimé
number-status-migrated = Migré
number-status-verified = Vérifié
number-status-unverified = Non vérifié
number-status-unknown = { $value }
limit-tier-50 = 50 par jour
limit-tier-250 = 250 par jour
limit-tier-1k = 1 000 par jour
limit-tier-2k = 2 000 par jour
limit-tier-10k = 10 000 par jour
limit-tier-100k = 100 000 par jour
limit-tier-unlimited = illimitée
limit-tier-not-set = non définie
limit-unknown = { $value }
limit-not-reported = non communiquée

## mots de Meta dans ses réponses

word-approved = approuvé
word-pending = en attente
word-rejected = refusé
word-deferred = reporté
word-restricted = restreint
word-verified = vérifié
word-not-verified = non vérifié
word-unverified = non vérifié
word-failed = échoué
word-expired = expiré
word-revoked = révoqué
word-declined = refusé
word-available-without-review = utilisable sans examen
word-none = aucun
word-pending-review = en cours d'examen
word-pending-need-more-info = en attente : Meta demande des précisions
word-pending-submission = en attente : dossier à remettre
word-ineligible = non éligible
word-standard = standard
word-high = élevé
word-not-applicable = sans objet
word-self-owned = l'entreprise elle-même
word-client-owned = un client
word-agency-owned = une agence
word-on-behalf-of = au nom d'un autre

## details of an account

account-section-findings = Ce qui fait obstacle
account-section-delivery = Réception/distribution optimisée
account-section-health = Santé
account-section-numbers = Numéros de téléphone
account-section-region = Où cela fonctionne
account-section-about = À propos
account-next = Ensuite
account-portfolio = Portefeuille
account-portfolio-terms = Conditions
account-terms-not-started = pas encore acceptées
account-terms-request-sent = invitation envoyée { $when }
account-terms-signed = acceptées { $when }
account-setup-waits = { $days ->
    [one] Acceptées il y a 1 jour. Meta n'indique pas la durée de sa configuration : voyez dans WhatsApp Manager si quelque chose reste à faire, puis écrivez à l'assistance.
   *[other] Acceptées il y a { $days } jours. Meta n'indique pas la durée de sa configuration : voyez dans WhatsApp Manager si quelque chose reste à faire, puis écrivez à l'assistance.
}
account-terms-unknown = { $value }
account-limit = Limite d'envoi du portefeuille
account-limit-shared = partagée par tous ses numéros
account-id = Identifiant
account-country = Pays
account-currency = Devise
account-review = Examen
account-verification = Vérification de l'entreprise
account-ownership = Propriété
account-found-by = Trouvé par
account-found-granted = accordé au jeton
account-found-owned = liste du portefeuille propriétaire
account-found-client = liste d'un portefeuille avec lequel il est partagé
account-found-assigned = attribué à l'utilisateur
account-found-manual = indiqué à la main
account-refreshed = À jour à
account-created = Créé
account-no-numbers = Aucun numéro n'est enregistré. Il faut un numéro sur la Cloud API pour envoyer.
account-numbers-unread = Meta n'indique pas les numéros de téléphone à ce jeton.
account-name-missing = (sans nom)
account-cloud-api-off = Le marketing par la Cloud API est désactivé pour ce compte : un message qui y serait reporté est refusé (131063).
account-restriction-until = { $kind } jusqu'au { $when }
account-restriction-open = { $kind }, sans fin annoncée
restriction-business-initiated-messaging = Ni modèles ni marketing
restriction-customer-initiated-messaging = Pas de réponses aux clients
restriction-add-phone-number = Pas de nouveaux numéros
restriction-utility-templates = Pas de modèles utilitaires
restriction-direct-send-utility-templates = Pas d'envois utilitaires directs
restriction-business-initiated-calling = Pas d'appels sortants
restriction-user-initiated-calling = Pas d'appels entrants
restriction-both-calling = Pas d'appels
restriction-call-button-hidden = Bouton d'appel masqué
restriction-unknown = { $value }
account-not-known = Ce compte n'est plus connu. Le jeton y a peut-être perdu l'accès.

## account screen, report

account-section-restrictions = Restrictions
account-section-templates = Modèles
account-section-history = Récemment
account-name-findings = Diagnostic
account-name-delivery = Réception/distribution
account-name-restrictions = Restrictions
account-name-health = Santé
account-name-numbers = Numéros
account-name-templates = Modèles
account-name-history = Récemment
account-name-region = Où
account-name-about = À propos
account-no-link = Aucune page à ouvrir pour cette ligne.
account-more-findings = … et { $count } de plus : Entrée montre tout
account-restriction-left = se termine dans { $left } ({ $when })
account-restriction-day = se termine le { $when } ({ $left } ; la phrase de Meta donne le jour, pas l'heure)
account-restriction-unnamed = Restreint ; Meta ne précise pas quoi
account-restriction-no-end = Meta n'a pas indiqué de fin
account-how-to-appeal = Demandez un réexamen dans Business Support Home ; réponse en général sous 24 à 48 heures.
account-templates-not-asked = Pas encore lus.
account-template-rejected = rejeté : { $reason }
account-pause-ends = la pause se termine dans { $left }
account-pause-ends-at-the-latest = la pause se termine dans { $left } au plus tard
account-pause-next-unknown = Une basse qualité le met en pause 3 heures la première fois, 6 la deuxième, et le désactive la troisième.
account-pause-next-second = La prochaine fois, pause de 6 heures ; ensuite il est désactivé.
account-pause-next-disabled = La prochaine fois, il est désactivé pour de bon.
account-category-moved = Meta a changé sa catégorie : { $from } → { $to }
account-category-wrong = Meta juge que { $to } convient au lieu de { $from }, et peut la changer
account-history-none = Aucun changement vu ces 30 derniers jours.
account-history-more = … et { $count } de plus : { $key }
account-history-all = Tout voir : { $key }
account-history-none-since = wabadeck a vu ce compte pour la première fois le { $when } ; rien n'a changé depuis, et l'on ignore ce qui a précédé.
account-send-failed = envoi échoué
account-number-name = nom affiché { $value }
account-number-code = propriété { $value }
account-number-throughput = débit { $value }
finding-ends-in = se termine dans { $left }
finding-days-left = { $days ->
    [0] moins d'un jour
    [one] 1 jour
   *[other] { $days } jours
}
report-title = Rapport pour l'assistance : destinataires masqués, aucun jeton
report-to-clipboard = Copier
report-to-clipboard-note = dans le presse-papiers, en Markdown
report-to-file = Écrire un fichier
report-to-file-note = dans le répertoire de données de wabadeck, lisible par vous seul
report-copied = Le rapport est dans le presse-papiers.
report-written = Le rapport est dans { $path }.
hint-explain = ↑↓ choisir  y copier  esc fermer
command-explain-open = expliquer
command-explain-open-help = Dire ce que signifient les codes et statuts de cet écran, qui doit agir, et où c'est écrit.
command-account-copy-section = copier la section
command-account-copy-section-help = Copier toute la section où se trouve la ligne choisie.
command-account-next-section = section
command-account-next-section-help = Aller à la section suivante de la page du compte.
command-account-previous-section = section d'avant
command-account-previous-section-help = Aller à la section précédente.
command-account-open-link = ouvrir la page
command-account-open-link-help = Ouvrir la page de Meta où se fait l'étape de la ligne choisie.
command-account-report = rapport
command-account-report-help = Faire un rapport pour l'assistance ou un collègue : presse-papiers ou fichier.

## findings

finding-none = Rien de connu n'empêche l'envoi de messages.
finding-none-marketing = Rien de connu n'empêche le marketing, et la réception/distribution optimisée est active.
finding-severity-blocking = BLOQUÉ
finding-severity-limiting = LIMITÉ
finding-severity-warning = ATTENTION
finding-severity-notice = NOTE
finding-affects-messages = tous les messages
finding-affects-templates = modèles et marketing
finding-affects-marketing = marketing
finding-affects-optimized-delivery = réception/distribution optimisée seulement
finding-affects-utility = modèles utilitaires
finding-affects-answers = réponses aux clients
finding-affects-limits = nombre de personnes joignables
finding-affects-one-number = ce numéro
finding-affects-some-templates = ces modèles
finding-affects-adding-numbers = ajout de numéros
finding-affects-api-calls = ce que wabadeck peut lire
finding-affects-calling = appels vocaux seulement, pas les messages
finding-affects-nothing = rien pour l'instant
finding-who-us = À vous d'agir
finding-who-admin = À l'admin de l'entreprise d'agir
finding-who-meta = À Meta d'agir
finding-who-recipient = Au destinataire d'agir
finding-who-nobody = Personne n'a à agir
finding-who-unknown = Meta ne dit pas qui doit agir
finding-who-short-us = vous
finding-who-short-admin = l'admin de l'entreprise
finding-who-short-meta = Meta
finding-who-short-recipient = le destinataire
finding-who-short-nobody = personne
finding-who-short-unknown = inconnu
finding-since = depuis le { $when }
finding-until = jusqu'au { $when }
finding-meta-words = Meta : { $words }
finding-meta-advice = Meta conseille : { $words }
finding-evidence = Preuves
finding-evidence-line = { $field } = { $value }
finding-evidence-seen = { $source }, { $when }
finding-evidence-more = { $count ->
    [one] et 1 autre
   *[other] et { $count } autres
  }
finding-source-answer = Graph API
finding-source-health = état de santé
finding-source-webhook = webhook
finding-source-history = vu ici
finding-source-send = un envoi
finding-source-usage = en-tête d'usage
finding-source-token = jeton

finding-token-refused = Meta refuse le jeton : rien ne peut être envoyé ni lu avec lui.
finding-token-expired = Le jeton a expiré : rien ne peut être envoyé ni lu avec lui.
finding-scope-missing = Il manque au jeton l'autorisation { $value }.
finding-account-disabled = Meta a désactivé ce compte pour violation de ses règles.
finding-account-locked = Meta a verrouillé ce compte : aucun message tant qu'un appel n'a pas abouti.
finding-account-deleted = Meta a annoncé la suppression de ce compte.
finding-account-offboarded = Ce compte a été retiré de la plateforme ({ $value }).
finding-access-lost = Ce compte a été retiré à ce partenaire ou à cette application ({ $value }) : rien ne peut être envoyé d'ici.
finding-restriction-announced = Meta restreint ce compte : { $kind }.
finding-review-rejected = L'examen de Meta a rejeté ce compte ; seuls les comptes approuvés peuvent envoyer.
finding-review-restricted = Meta a restreint ce compte après son examen.
finding-account-restricted = Meta a restreint ou désactivé ce compte.
finding-disable-scheduled = Meta va désactiver ce compte, sauf si un appel aboutit.
finding-review-pending = Meta n'a pas terminé l'examen de ce compte.
finding-review-deferred = Meta a reporté l'examen de ce compte.
finding-health-blocked = { $entity } : Meta bloque les messages{ $code ->
    [none] {""} sans donner de raison.
   *[other] {""} (code { $code }).
  }
finding-no-number = Aucun numéro n'est connu pour ce compte : il n'y a rien pour envoyer.
finding-number-banned = Meta a banni le numéro { $number }.
finding-number-restricted = { $number } est restreint, en général parce que sa limite de messages sur 24 heures est atteinte ; les réponses passent.
finding-number-disconnected = { $number } n'est pas connecté à la plateforme.
finding-number-gone = { $number } n'est plus utilisable d'ici : { $value }.
finding-number-pending = { $number } n'est pas encore enregistré : rien ne peut en partir.
finding-number-unverified = La propriété de { $number } n'a pas été prouvée : il ne peut pas être enregistré.
finding-number-not-on-cloud-api = { $number } n'est pas sur Cloud API ({ $value }), que la réception/distribution optimisée exige.
finding-number-rate-limited = Meta ralentit les envois depuis { $number }.
finding-number-flagged = { $number } est signalé pour basse qualité ; sans amélioration sous 7 jours, sa limite baisse.
finding-number-status-unknown = { $number } a un statut inconnu de cette version : { $value }.
finding-payment = Le paiement ne fonctionne pas : modèles et marketing exigent un moyen de paiement valide.
finding-fallback-forbidden = Le marketing n'a plus de voie : Cloud API lui est fermée, et les conditions de la réception/distribution optimisée ne sont pas signées.
finding-no-sendable-template = Aucun modèle marketing n'est approuvé : aucun marketing ne peut partir.
finding-country-not-supported = La réception/distribution optimisée n'existe pas dans le pays de ce compte ; Cloud API fonctionne.
finding-on-behalf-of = Le compte est détenu pour un client, dans l'ancien modèle de propriété qui ne peut pas être mis à niveau.
finding-uses-business-app = Un numéro de ce compte est utilisé dans l'app WhatsApp Business, ce qui retient la mise à niveau.
finding-ineligible-unknown = Non éligible à la réception/distribution optimisée, pour une raison inconnue de cette version : { $value }.
finding-setup-pending = Les conditions sont acceptées ; Meta configure encore la réception/distribution optimisée.
finding-business-unverified = L'entreprise n'est pas vérifiée, ce qui garde ses limites basses.
finding-verification-failed = La vérification de l'entreprise a mal fini : { $value }.
finding-verification-incomplete = La vérification de l'entreprise attend ses pièces : { $value }.
finding-verification-running = Meta vérifie l'entreprise ; les limites restent basses d'ici là.
finding-health-limited = { $entity } : Meta limite les messages{ $code ->
    [none] .
   *[other] {""} (code { $code }).
  }
finding-quality-low = La qualité de { $number } est basse : on le bloque ou le signale, et sa limite peut baisser.
finding-quality-falling = La qualité de { $number } est tombée à moyenne.
finding-quality-medium = La qualité de { $number } est moyenne.
finding-name-declined = Meta a refusé le nom affiché de { $number } ; on voit le numéro à la place. Les messages partent.
finding-name-expired = Le nom affiché de { $number } n'est plus approuvé.
finding-name-in-review = Meta examine le nom affiché de { $number }.
finding-limit-reached = La limite de messages des dernières 24 heures est atteinte : on ne peut écrire à personne de nouveau ; les réponses passent.
finding-limit-low = La limite de messages est celle d'un nouveau portefeuille : { $value }.
finding-limit-lowered = Meta a baissé la limite de messages à { $value }.
finding-limit-not-reported = Meta n'indique aucune limite de messages : on ne sait pas combien de personnes sont joignables.
finding-templates-disabled = { $count ->
    [one] Le modèle { $names } est désactivé pour de bon.
   *[other] { $count } modèles sont désactivés pour de bon : { $names }.
  }
finding-templates-paused = { $count ->
    [one] Le modèle { $names } est en pause pour basse qualité.
   *[other] { $count } modèles sont en pause pour basse qualité : { $names }.
  }
finding-templates-rejected = { $count ->
    [one] Le modèle { $names } a été rejeté.
   *[other] { $count } modèles ont été rejetés : { $names }.
  }
finding-templates-over-limit = { $count ->
    [one] Le modèle { $names } dépasse une limite.
   *[other] { $count } modèles dépassent une limite : { $names }.
  }
finding-templates-recategorised = { $count ->
    [one] Meta a changé la catégorie de { $names }.
   *[other] Meta a changé la catégorie de { $count } modèles : { $names }.
  }
finding-templates-miscategorised = { $count ->
    [one] Meta juge qu'une autre catégorie convient à { $names }, et peut la changer.
   *[other] Meta juge qu'une autre catégorie convient à { $count } modèles, et peut la changer : { $names }.
  }
finding-templates-low-quality = { $count ->
    [one] Le modèle { $names } est de basse qualité et sur le point d'être mis en pause.
   *[other] { $count } modèles sont de basse qualité et sur le point d'être mis en pause : { $names }.
  }
finding-templates-in-review = { $count ->
    [one] Meta examine le modèle { $names }.
   *[other] Meta examine { $count } modèles : { $names }.
  }
finding-sends-failing = { $count ->
    [one] Un envoi a échoué ces dernières 24 heures avec le code { $value }.
   *[other] { $count } envois ont échoué ces dernières 24 heures avec le code { $value }.
  }
finding-calls-resting = Une limite d'appels à Meta est épuisée ; wabadeck relira ce compte à son terme.
finding-calls-running-out = { $value } % d'une limite d'appels à Meta est consommée.
finding-token-expiring = Le jeton expire bientôt ; ensuite rien ne peut être envoyé ni lu.
finding-data-access-ending = L'accès du jeton aux données prend bientôt fin.
finding-policy-violation = Meta nomme une violation de ses règles : { $value }. Continuer mène à un blocage.
finding-meta-alert = Alerte de Meta : { $value }.
finding-status-undocumented = Meta donne un statut dont elle ne documente pas le sens : { $value }.
finding-onboarding-unknown = On ne sait pas où en est le compte avec la réception/distribution optimisée{ $value ->
    [none] {""} : Meta n'a envoyé aucun statut.
   *[other] {""} : { $value }.
  }
finding-no-funding = Aucun moyen de paiement n'est visible : il n'y en a pas, ou le jeton ne peut pas le voir.
finding-terms-not-accepted = La réception/distribution optimisée n'est pas active : ses conditions n'ont pas été acceptées. Les messages partent par Cloud API.
finding-calling-off = Les appels vocaux ne sont pas configurés ({ $value }). Les messages ne sont pas concernés.

finding-step-appeal = Voyez la décision dans Business Support Home et demandez un réexamen ; réponse en général sous 24 à 48 heures.
finding-step-wait-or-appeal = Attendez la fin, ou demandez un réexamen dans Business Support Home (24 à 48 heures).
finding-step-wait-for-meta = Rien à faire : attendez Meta.
finding-step-wait-for-setup = Attendez Meta. Au-delà d'une journée, voyez dans WhatsApp Manager si quelque chose reste à faire, puis écrivez à l'assistance.
finding-step-see-verification = Voyez dans le Centre de sécurité des paramètres d'entreprise si Meta a demandé quelque chose ; sinon, attendez.
finding-step-wait = Rien à faire : cela passe tout seul.
finding-step-improve-quality = N'écrivez qu'à ceux qui l'ont demandé, moins souvent, avec un moyen clair de se désinscrire.
finding-step-fix-payment = Ajoutez un moyen de paiement valide dans la facturation ; vérifiez aussi devise et fuseau horaire.
finding-step-check-payment = Vérifiez dans la facturation qu'un moyen de paiement est défini.
finding-step-verify-business = Vérifiez l'entreprise dans l'espace sécurité des paramètres de l'entreprise.
finding-step-complete-verification = Fournissez ce que Meta demande dans l'espace sécurité des paramètres de l'entreprise.
finding-step-register-number = Enregistrez le numéro auprès de Cloud API.
finding-step-verify-number = Prouvez la propriété du numéro avec le code que Meta envoie, puis enregistrez-le.
finding-step-reconnect-number = Enregistrez à nouveau le numéro auprès de Cloud API.
finding-step-add-number = Ajoutez un numéro dans WhatsApp Manager, ou envoyez depuis un autre.
finding-step-change-name = Choisissez un nom conforme aux règles de Meta et soumettez-le à nouveau.
finding-step-edit-templates = Modifiez-les dans WhatsApp Manager et soumettez-les à nouveau, ou envoyez-en d'autres.
finding-step-replace-templates = Créez de nouveaux modèles à leur place ; ceux qui sont désactivés ne reviennent pas.
finding-step-delete-templates = Supprimez les modèles devenus inutiles.
finding-step-review-category = Vérifiez la catégorie dans WhatsApp Manager ; demandez un réexamen si elle est fausse.
finding-step-accept-terms = Une personne ayant le contrôle total du portefeuille accepte les conditions : « Paramètre de mise à niveau ».
finding-step-accept-terms-or-allow-fallback = Faites accepter les conditions, ou mettez disable_marketing_messages_on_cloud_api à false.
finding-step-transfer-ownership = Cédez le compte à l'entreprise à qui il est destiné, ou invitez-la.
finding-step-sort-out-business-app = Sortez le numéro de l'app WhatsApp Business, ou attendez : Meta peut admettre ces numéros.
finding-step-reconnect = Demandez à l'entreprise de reconnecter le compte.
finding-step-new-token = Créez un nouveau jeton et connectez-vous avec lui (wabadeck login).
finding-step-grant-scope = Créez un jeton avec cette autorisation et connectez-vous avec lui (wabadeck login).
finding-step-check-app = Consultez les alertes de l'app dans l'App Dashboard.
finding-step-follow-explanation = { $explanation }
finding-step-follow-meta = Faites ce que dit Meta ; on n'en sait pas plus.
finding-step-read-again = Relisez le compte ; wabadeck est peut-être trop ancien pour lui.
finding-step-set-up-calling = Configurez les appels dans WhatsApp Manager, si vous en voulez.
finding-step-none-possible = On ne peut rien y faire.
finding-step-nothing = Rien à faire.

ladder-title = Sanctions de Meta
ladder-place = étape { $step } sur 5 : { $what }
ladder-warning = un avertissement, rien n'est retiré
ladder-short-block = ni modèles ni nouveaux numéros pendant 1 ou 3 jours
ladder-long-block = aucun message pendant 5, 7 ou 30 jours
ladder-lock = verrouillé tant qu'un appel n'a pas abouti
ladder-disabled = désactivé pour de bon

## explanations

explain-of-onboarding = Réception/distribution optimisée
explain-of-number-status = Numéro
explain-of-quality = Qualité
explain-of-health = État de santé
explain-of-review = Examen du compte
explain-of-name-status = Nom affiché
explain-of-template-status = Modèle
explain-of-restriction = Restriction
explain-label = { $what } : { $value }
explain-title = Explication
explain-nothing-here = Il n'y a ici ni code ni statut à expliquer.
explain-several = { $count } éléments sur cet écran
explain-several-of = { $count } éléments sur { $account }
explain-unknown-value = Cette version ne connaît pas cette valeur ; elle est montrée telle que Meta l'a envoyée.
explain-source = Source : { $pages }
explain-source-observed = vu dans des réponses de Meta, sur aucune page
explain-source-inferred = déduit, sur aucune page
explain-source-oas = description OpenAPI de Meta
explain-source-waba = référence du WhatsApp Business Account, telle que des bibliothèques la recopient
explain-number-status-connected = Enregistré et utilisable ; les messages partent dans la limite de messages.
explain-number-status-pending = Pas encore enregistré. Prouvez sa propriété si ce n'est pas fait, puis enregistrez-le auprès de Cloud API.
explain-number-status-flagged = La qualité est basse. Moyenne ou haute pendant 7 jours, il redevient actif ; sinon sa limite de messages baisse.
explain-number-status-rate-limited = Meta ralentit un temps les envois depuis ce numéro. Cela passe tout seul.
explain-number-status-restricted = En général, la limite de messages sur 24 heures est atteinte : rien de nouveau avant sa remise à zéro, les réponses passent.
explain-number-status-banned = Meta a banni ce numéro : ni envoi ni réception. Faites appel dans Business Support Home.
explain-number-status-disconnected = Non connecté à la plateforme. Enregistrez-le à nouveau auprès de Cloud API.
explain-number-status-linked = Lié au compte ; son état de santé dit s'il peut envoyer.
explain-number-status-unlinked = N'est plus lié à ce compte : il n'est pas utilisable d'ici.
explain-number-status-deleted = Supprimé. On peut l'ajouter à nouveau, ou en utiliser un autre.
explain-number-status-migrated = Déplacé vers un autre compte : il n'est pas utilisable d'ici.
explain-number-status-verified = La propriété est prouvée, mais il n'est pas encore enregistré. Enregistrez-le auprès de Cloud API.
explain-number-status-unverified = La propriété n'a pas été prouvée. Demandez un code, confirmez-le, puis enregistrez le numéro.
explain-quality-green = Haute : on bloque ou signale rarement les messages de ce numéro.
explain-quality-yellow = Moyenne : on le bloque ou le signale plus que d'habitude. Écrivez moins, et à ceux qui l'ont demandé.
explain-quality-red = Basse : beaucoup le bloquent ou le signalent. Le numéro peut être signalé et sa limite baisser.
explain-quality-na = Pas encore notée : trop peu de messages récents.
explain-health-available = Rien n'empêche les messages de partir.
explain-health-limited = Les messages partent dans certaines limites ; les mots de Meta à côté disent lesquelles.
explain-health-blocked = Aucun message ne part tant que cela dure ; les mots de Meta à côté disent pourquoi.
explain-review-approved = L'examen de Meta s'est bien terminé. Seuls les comptes approuvés peuvent utiliser les API.
explain-review-pending = Meta examine le compte. Il n'y a rien à faire.
explain-review-rejected = L'examen de Meta a mal fini : le compte ne peut pas utiliser les API. Faites appel dans Business Support Home.
explain-review-restricted = Meta a restreint le compte après son examen. Voyez Business Support Home.
explain-review-deferred = Meta a reporté son examen et y reviendra.
explain-name-status-approved = Le nom affiché est approuvé ; on le voit une fois l'entreprise vérifiée.
explain-name-status-available-without-review = Le nom peut être utilisé sans examen.
explain-name-status-declined = Meta a refusé le nom : on voit le numéro à la place. Choisissez-en un conforme aux règles.
explain-name-status-expired = L'approbation du nom a expiré. Soumettez-le à nouveau.
explain-name-status-pending-review = Meta examine le nom. Les messages partent entre-temps.
explain-name-status-none = Il n'y a pas de certificat pour un nom.
explain-template-status-approved = Peut être envoyé.
explain-template-status-archived = Archivé : à sortir des archives avant tout envoi.
explain-template-status-deleted = Supprimé, il ne peut plus être envoyé.
explain-template-status-disabled = Désactivé pour de bon après une basse qualité répétée ou une violation. Créez-en un nouveau.
explain-template-status-in-appeal = La décision est en appel ; Meta répondra.
explain-template-status-limit-exceeded = Le compte a plus de modèles que permis. Supprimez-en.
explain-template-status-paused = En pause pour basse qualité : 3 heures la première fois, 6 la deuxième, désactivé la troisième. Modifiez-le ou attendez.
explain-template-status-pending = Meta l'examine, en général moins de 24 heures.
explain-template-status-pending-deletion = Il est en cours de suppression.
explain-template-status-rejected = L'examen de Meta a mal fini ; la raison est à côté. Modifiez-le et soumettez-le à nouveau, ou faites appel.
explain-restriction-restricted-biz-initiated-messaging = Aucun modèle, donc aucun marketing, ne part avant la fin. Les réponses sous 24 heures passent.
explain-restriction-restricted-customer-initiated-messaging = On ne peut pas répondre aux clients avant la fin.
explain-restriction-restricted-add-phone-number-action = Aucun numéro ne peut être ajouté avant la fin. L'envoi n'est pas concerné.
explain-restriction-restricted-utility-templates = Aucun modèle utilitaire ne part avant la fin.
explain-restriction-restricted-direct-send-utility-templates = Les modèles utilitaires ne partent pas directement avant la fin.
explain-restriction-restricted-business-initiated-calling = L'entreprise ne peut pas lancer d'appels vocaux. Les messages ne sont pas concernés.
explain-restriction-restricted-user-initiated-calling = On ne peut pas appeler l'entreprise. Les messages ne sont pas concernés.
explain-restriction-restricted-biz-initiated-and-user-initiated-calling = Aucun appel vocal dans les deux sens. Les messages ne sont pas concernés.
explain-restriction-restricted-user-initiated-calling-call-button-hidden = Le bouton d'appel est masqué. Les messages ne sont pas concernés.
error-class-auth = Jeton
error-class-permission = Autorisation
error-class-not-found = Introuvable
error-class-request = Requête
error-class-rate-limit = Limite d'appels
error-class-restricted = Restreint par Meta
error-class-payment = Paiement
error-class-verification = Vérification de l'entreprise
error-class-calling = Appels vocaux seulement
error-class-setup = Configuration
error-class-registration = Enregistrement d'un numéro
error-class-recipient = Destinataire
error-class-recipient-limit = Limite du destinataire
error-class-opt-out = Désinscrit
error-class-experiment = Expérience de Meta
error-class-template = Modèle
error-class-template-management = Gestion des modèles
error-class-sync = Modèle en synchronisation
error-class-configuration = Réglage du compte
error-class-insights = Statistiques de modèles
error-class-flow = Flow
error-class-transient = Passe tout seul
error-class-already-done = Déjà fait
error-class-unknown = Absent du catalogue

## banners

banner-restricted-accounts = Restreint : { $names }
banner-restricted-more = Restreint : { $names } et { $count } de plus
banner-jump = y aller
banner-cannot-dismiss = Cette bannière reste tant que Meta maintient la restriction : le portefeuille concerné ne peut pas être mis à niveau. Appuyez sur { $key } pour voir le compte.
banner-support = Assistance
banner-copy = copier les détails
banner-dismiss = masquer
banner-nothing-to-dismiss = Il n'y a pas d'erreur à masquer.
banner-nothing-restricted = Aucun compte n'est restreint.
banner-nothing-failed = Il n'y a pas d'erreur de mise à niveau à copier.

## benefits

benefits-title = Ce qu'apporte la réception/distribution optimisée
benefits-dynamic = Les limites par utilisateur deviennent dynamiques : au lieu d'un plafond pour tous, Meta évalue chaque message.
benefits-reach = Les messages qui ont des chances d'être lus ou cliqués touchent plus de monde. En Inde, jusqu'à 9 % de plus sont distribués que par la Cloud API, selon Meta.
benefits-equal = La distribution est égale ou meilleure. Elle n'est jamais de 100 %.
benefits-region = Cela dépend du pays du numéro de l'entreprise et de celui du destinataire. Dans l'EEE, au Royaume-Uni, au Japon, en Corée du Sud, au Nigeria et en Afrique du Sud, les messages passent sans optimisation ; aux États-Unis, aucun message marketing n'est distribué.
benefits-same = Numéros, modèles et jetons restent tels quels. Mettre à niveau, c'est faire accepter les conditions de Meta par une personne qui a le contrôle total du portefeuille.

## help

help-title = Touches
help-palette-title = Commandes
help-palette-prompt = tapez une commande
help-footer = ↑↓ défiler · esc fermer

## region

region-full = Optimisation complète
region-no-optimization = Passe, sans optimisation ni mesure des clics
region-limited = Limité : pas de mesure des clics, optimisation parfois absente
region-not-deliverable = Meta suspend les messages marketing vers les numéros de ce pays (131049)
region-sanctioned = Meta ne dessert pas ce pays, en raison de sanctions
region-unknown = Pays inconnu
region-business = Depuis ce pays ({ $country }) : { $effect }
region-recipients = Meta suspend les messages marketing vers les numéros des États-Unis ; dans l'EEE, au Royaume-Uni, au Japon, en Corée du Sud, au Nigeria et en Afrique du Sud, les messages passent sans optimisation.

## upgrade

upgrade-can = { $accounts ->
    [one] 1 compte
   *[other] { $accounts } comptes
} dans { $portfolios ->
    [one] 1 portefeuille
   *[other] { $portfolios } portefeuilles
} à mettre à niveau.
upgrade-held = { $count ->
    [one] 1 compte est retenu par une restriction.
   *[other] { $count } comptes sont retenus par une restriction.
}
upgrade-all-on = Tous les comptes sont activés. Il ne reste rien à mettre à niveau.
upgrade-none-can = Aucun compte ne peut être mis à niveau pour l'instant ; les détails de chaque compte disent pourquoi.

## hints of what lies on top

hint-filter = tapez pour filtrer · ⏎ garder · esc effacer
hint-read = ↑↓ défiler · esc fermer
hint-pick = tapez pour réduire · ↑↓ choisir · ⏎ prendre · esc annuler
hint-confirm = ⏎ oui · esc non
hint-upgrade-choose = ↑↓ choisir · ⏎ ouvrir · esc fermer
hint-upgrade = ↑↓ choisir · ⏎ lancer · esc retour
hint-upgrade-unseen = ↑↓ lire · ⏎ aller aux moyens · esc retour
hint-upgrade-read = ↑↓ lire · esc retour
hint-upgrade-qr = esc retour

## upgrade overlay

upgrade-waiting-count = { $count ->
    [one] 1 mise à niveau attend.
   *[other] { $count } mises à niveau attendent.
}
upgrade-tally-done = { $done } { $done ->
    [one] portefeuille terminé
   *[other] portefeuilles terminés
} sur { $all }
upgrade-tally-waiting = { $count } en attente
upgrade-tally-blocked = { $count } { $count ->
    [one] bloqué
   *[other] bloqués
}
upgrade-tally-ready = { $count } à mettre à niveau
upgrade-once-per-portfolio = On accepte une fois par portefeuille, avec son contrôle total.
upgrade-show-left = Reste à mettre à niveau ({ $count })
upgrade-show-ready = Peuvent être mis à niveau ({ $count })
upgrade-show-waiting = En attente de quelqu'un ({ $count })
upgrade-show-blocked = Autre chose d'abord ({ $count })
upgrade-show-done = Terminés ({ $count })
upgrade-filter-hint = portefeuille, id ou compte
upgrade-names-more = { $names } et { $count } de plus
upgrade-summary-more = … { $count } { $count ->
    [one] ligne
   *[other] lignes
} de plus : ⏎ montre tout
upgrade-none-there = Aucun portefeuille n'est dans ce groupe.
upgrade-none-ready = Aucun portefeuille ne peut être mis à niveau maintenant ; ce qui reste attend ou demande autre chose d'abord.
upgrade-gone = Ce portefeuille n'est plus visible.
upgrade-resumed = { $count ->
    [one] 1 mise à niveau commencée auparavant attend ; elle est suivie de nouveau.
   *[other] { $count } mises à niveau commencées auparavant attendent ; elles sont suivies de nouveau.
}
upgrade-not-kept = La mise à niveau continue, mais un redémarrage l'oubliera. { $why }
upgrade-is-sending = L'invitation est en cours d'envoi ; attendez la réponse.
upgrade-days = { $count ->
    [one] 1 jour
   *[other] { $count } jours
}
upgrade-abandon-title = Ne plus attendre ?
upgrade-abandon-what = wabadeck ne suit plus cette mise à niveau et oublie qu'elle a été commencée. Rien de ce qui a été envoyé ou accepté n'est repris.
upgrade-abandon-invited = Les administrateurs gardent l'invitation ; une autre pourra ensuite être envoyée d'ici.
upgrade-abandoned = Cette mise à niveau n'est plus attendue.
upgrade-nothing-to-abandon = Rien n'est attendu ici.
upgrade-only-in-list = Cela se fait dans la liste des portefeuilles.
upgrade-only-on-page = Cela se fait sur la page d'un portefeuille.
upgrade-state-ready = { $count ->
    [one] 1 compte à mettre à niveau
   *[other] { $count } comptes à mettre à niveau
}
upgrade-state-waiting = en attente
upgrade-state-under-way = en attente · { $elapsed }
upgrade-state-blocked = bloqué : restreint par Meta
upgrade-state-obstructed = autre chose d'abord
upgrade-state-done = terminé
upgrade-covers = { $count ->
    [one] Une acceptation active 1 compte : { $names }
   *[other] Une acceptation active { $count } comptes : { $names }
}
upgrade-would-cover = { $count ->
    [one] Une fois la restriction levée, une acceptation activera 1 compte : { $names }
   *[other] Une fois la restriction levée, une acceptation activera { $count } comptes : { $names }
}
upgrade-terms = Conditions : { $state }
upgrade-who = Qui accepte : une personne ayant le contrôle total de ce portefeuille, dans la fenêtre de Meta. Ce n'est jamais un simple interrupteur.
upgrade-already-on = Déjà activés : { $names }
upgrade-blocked = Ce portefeuille ne peut pas être mis à niveau tant que Meta restreint l'un de ses comptes. D'ici là, rien ne peut être lancé ici.
upgrade-nothing-covered = Rien ne peut être mis à niveau dans ce portefeuille ; wabadeck upgrade --check dit ce qui l'empêche.
upgrade-portfolio-unknown = Le jeton ne voit pas le portefeuille de ce compte : la mise à niveau ne peut pas être lancée d'ici. Son administrateur peut le faire dans WhatsApp Manager.
upgrade-ways-title = Comment commencer
upgrade-ways-again = Encore, ou un autre moyen
upgrade-ways-elsewhere = Où régler cela
upgrade-nothing-left = Il ne reste rien à mettre à niveau dans ce portefeuille.
upgrade-ways-loading = Recherche des moyens de commencer…
upgrade-way-signup = Ouvrir l'inscription intégrée dans le navigateur
upgrade-way-signup-again = Recommencer l'inscription intégrée, avec une nouvelle adresse (demande d'abord)
upgrade-way-manager-open = Ouvrir WhatsApp Manager, où l'on peut aussi accepter les conditions
upgrade-way-manager-again = Rouvrir WhatsApp Manager
upgrade-way-manager-copy = Copier le lien vers WhatsApp Manager pour la personne au contrôle total
upgrade-way-manager-qr = Montrer le lien en code QR pour le téléphone d'un collègue
upgrade-way-invite = Envoyer l'invitation de partenaire (Meta écrit à chaque administrateur jusqu'à une réponse ; un seul envoi possible ; demande d'abord)
upgrade-invite-title = Envoyer l'invitation de partenaire ?
upgrade-invite-mails = Meta écrit à chaque administrateur de cette entreprise et recommence jusqu'à ce que l'un d'eux accepte ou refuse.
upgrade-invite-once = Elle ne peut être envoyée qu'une fois par entreprise, et ne peut pas être reprise.
upgrade-invite-sandbox = C'est le bac à sable : en réalité, personne ne reçoit rien et rien n'en sort.
upgrade-replace-title = Commencer l'inscription intégrée ?
upgrade-replace-what = Elle remplace ce qui est attendu maintenant.
upgrade-replace-kept = La page ouverte auparavant ne compte plus ; ce qui a déjà été accepté le reste.
upgrade-invited = L'invitation est envoyée. Un administrateur de l'entreprise y répond dans ses paramètres.
upgrade-waits-for-answer = En attente de l'acceptation par une personne au contrôle total · { $elapsed }
upgrade-waits-for-admin = Invité. En attente de la réponse d'un administrateur dans les paramètres de l'entreprise · { $elapsed }
upgrade-waits-for-sending = Envoi de l'invitation · { $elapsed }
upgrade-waits-unanswered = L'invitation est restée sans réponse : elle est peut-être arrivée ; on vérifie, sans jamais la renvoyer · { $elapsed }
upgrade-waits-for-meta = Accepté. En attente de l'activation des comptes par Meta · { $elapsed }
upgrade-checks = { $count ->
    [one] Vérifié { $count } fois, la dernière à { $time }
   *[other] Vérifié { $count } fois, la dernière à { $time }
}
upgrade-can-leave = esc quitte cette fenêtre ; l'attente continue, même après un redémarrage.
upgrade-can-leave-embedded = esc quitte cette fenêtre et l'attente continue, jusqu'à ce que vous quittiez : ce bac à sable intégré est alors oublié, avec ses mises à niveau.
upgrade-no-browser = Aucun navigateur n'a pu être ouvert ici. Ouvrez vous-même cette adresse :
upgrade-page-ends = La page attend dix minutes au plus, et seulement tant que ce tableau de bord tourne.
upgrade-ended-onboarded = C'est fait : la réception/distribution optimisée est activée pour ce portefeuille.
upgrade-ended-waiting = Toujours en attente : les conditions ne sont pas acceptées, ou Meta n'a pas terminé. Actualisez plus tard ; rien n'est perdu.
upgrade-token-kept = Le jeton de cette entreprise est conservé dans le profil { $profile } ({ $place }).
upgrade-copy-local = y copie l'adresse. Elle s'ouvre dans un navigateur de cette machine, qui avertit au sujet du certificat : wabadeck vient de le créer. Passez outre l'avertissement.
upgrade-qr-too-small = Le terminal est trop petit pour le code QR. Agrandissez-le, ou copiez l'adresse.
upgrade-not-restricted = bloqué tant qu'un compte de ce portefeuille est restreint
upgrade-not-needed = rien à mettre à niveau
upgrade-not-configured = définissez app_id et signup_config_id dans config.toml
upgrade-not-known = le portefeuille n'est pas connu
upgrade-not-again = une invitation a déjà été envoyée
upgrade-not-accepted = les conditions sont déjà acceptées
upgrade-not-elsewhere = son adresse ne marche que sur cette machine
upgrade-invited-before = Quelqu'un a déjà invité cette entreprise. Un administrateur répond dans ses paramètres.

## what shows that it is on

proof-turned-on = Activé depuis le { $when } ({ $ways })
proof-by-refresh = vu lors d'une actualisation
proof-by-webhook = annoncé par un webhook
proof-by-user = fait ici
proof-first-seen = Déjà activé lorsqu'il a été vu pour la première fois, le { $when }
proof-told = Un webhook a annoncé le { $when } que les conditions sont signées
proof-sent = Un message parti d'ici est passé en réception/distribution optimisée le { $when }
proof-not-sent = Aucun message parti d'ici ne l'a encore montré : { $key } envoie un test sans repli.
proof-sharing = Meta reçoit par défaut les événements de distribution, de lecture et de clic. Cela se désactive dans les paramètres de l'entreprise ({ $where }), ou pour un seul message dans le compositeur.
proof-templates = Les modèles demandent jusqu'à 10 minutes pour se synchroniser, les nouveaux comme ceux qui n'ont pas servi depuis une semaine.

## obstacles and remedies

obstacle-of = { $accounts } : { $what }
obstacle-restricted = restreint par Meta
obstacle-restricted-until = restreint par Meta jusqu'au { $when }
obstacle-on-behalf-of = détenu pour le compte d'une autre entreprise
obstacle-business-app = un numéro est utilisé dans l'application WhatsApp Business
obstacle-country = le pays n'est pas pris en charge
obstacle-ineligible = non éligible ({ $value })
obstacle-payment = conditions acceptées, il manque un moyen de paiement valide
obstacle-setup = conditions acceptées, Meta le prépare encore
obstacle-invited = une invitation a déjà été envoyée
obstacle-invited-since = une invitation a été envoyée le { $when }
obstacle-accepted = conditions acceptées { $when }, pas encore activé
obstacle-no-number = aucun numéro sur la Cloud API pour envoyer
obstacle-unknown = Meta a envoyé un état que cette version ne connaît pas ({ $value })
remedy-nothing = Rien à faire.
remedy-upgrade = Acceptez les conditions avec « Paramètre de mise à niveau ».
remedy-payment = L'administrateur de l'entreprise ajoute un moyen de paiement dans Facturation.
remedy-wait = Attendez Meta.
remedy-appeal = L'administrateur de l'entreprise voit la raison et fait appel dans Business Support Home ; Meta décide d'ordinaire en 24 à 48 heures.
remedy-transfer = Transférez la propriété au portefeuille du client, ou envoyez l'invitation de partenaire.
remedy-business-app = Passez le numéro sur la seule Cloud API, puis actualisez.
remedy-country = Rien à faire d'ici ; les messages passent par la Cloud API.
remedy-read-again = Actualisez, ou mettez wabadeck à jour.
remedy-answer = Un administrateur de l'entreprise y répond dans ses paramètres.
remedy-look-in-manager = Meta les active de lui-même. Si cela dure plus d'un jour, voyez WhatsApp Manager.
remedy-number = Enregistrez un numéro sur la Cloud API.

## pickers and questions

picker-prompt = tapez pour réduire
picker-none = Rien ne correspond.
confirm-yes = oui
confirm-no = non

## cli

cli-about = La réception/distribution optimisée des comptes WhatsApp Business : lesquels l'ont, pourquoi un autre ne l'a pas, et quel chemin prend un message. Sans commande, le tableau de bord s'ouvre ; sans rien configurer, il s'ouvre sur un bac à sable. Lancez wabadeck login, ou définissez WABADECK_TOKEN, pour parler à la Graph API de Meta.
cli-about-accounts = Lister tous les comptes que voit le jeton, les plus préoccupants d'abord
cli-about-report = Faire un rapport sur un compte pour l'assistance : sans jeton, destinataires masqués
cli-about-account = Montrer tout ce que l'on sait d'un compte
cli-about-explain = Dire ce que signifie un code d'erreur, un corps d'erreur ou un webhook collé ; fonctionne hors ligne
cli-about-config = Dire où se trouvent configuration, journal et données, et à qui l'on parle
cli-about-sandbox = Faire tourner une Graph API sur cette machine, avec un parc de démonstration ou un grand parc inventé
cli-about-completions = Écrire un script qui complète commandes et options dans un shell
cli-about-docs = Écrire une page générée de la documentation
cli-about-help = Afficher cette aide, ou l'aide d'une commande
cli-heading-usage = Utilisation :
cli-heading-commands = Commandes
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-heading-everywhere = Options de toutes les commandes
cli-heading-exit-codes = Codes de sortie
cli-after-help = Dans le tableau de bord, ? montre toutes les touches.
cli-exit-done = c'est fait
cli-exit-failed = échec : Meta a refusé, le réseau n'a pas suivi ou quelque chose est introuvable
cli-exit-usage = mauvaise utilisation : un argument, une variable d'environnement ou le fichier de configuration
cli-exit-not-signed-in = non connecté : il n'y a pas de jeton, ou Meta ne l'accepte pas
cli-exit-outcome-unknown = issue inconnue : le message est peut-être parti, et n'est pas renvoyé
cli-exit-refused-by-rules = refusé par les règles : le message ne peut pas partir tel quel, et rien n'a été envoyé
cli-arg-config = Fichier de configuration à lire à la place de celui par défaut
cli-arg-graph-url = Adresse de la Graph API (par défaut celle de Meta ; aussi WABADECK_GRAPH_URL)
cli-arg-api-version = Version de la Graph API (par défaut v26.0 ; aussi WABADECK_API_VERSION)
cli-arg-waba = Compte que le jeton ne peut pas lister lui-même ; peut être répété
cli-arg-business = Portefeuille d'entreprise que le jeton ne peut pas lister lui-même ; peut être répété
cli-arg-sandbox = Utiliser le bac à sable intégré même si un jeton est défini
cli-arg-lang = Langue des textes : en ou fr (par défaut celle du système ; aussi WABADECK_LANG)
cli-arg-theme = Thème du tableau de bord : dark ou light (aussi WABADECK_THEME)
cli-arg-refresh = Secondes entre deux actualisations du tableau de bord ; 0 : seulement à la demande
cli-arg-log-level = Ce qui va au journal : off, error, warn, info, debug ou trace (aussi WABADECK_LOG)
cli-arg-help = Afficher l'aide
cli-arg-version = Afficher la version
cli-arg-json = Écrire du JSON au lieu de texte
cli-arg-accounts-status = Seulement les comptes de ce statut : on, actionable, needs-payment, waiting, restricted, blocked, unknown, ou un statut tel que Meta l'écrit ; plusieurs avec des virgules
cli-arg-accounts-filter = Seulement les comptes qui correspondent : nom, identifiant, statut, portefeuille, pays ou numéro, approximativement
cli-arg-accounts-sort = L'ordre ; attention : les plus préoccupants d'abord
cli-arg-accounts-reverse = Inverser l'ordre
cli-arg-report-account = L'identifiant du compte, ou son nom entier
cli-arg-report-format = md pour les personnes, json pour les programmes
cli-arg-report-output = Écrire dans ce fichier, pour vous seul, au lieu de la sortie standard
cli-arg-report-show-recipients = Montrer les numéros des destinataires tels quels
cli-arg-account-account = L'identifiant du compte, ou son nom entier
cli-arg-explain-what = Un code (131049), un code et son sous-code (100/33), ou ce qui a été collé ; sans rien ou avec « - », l'entrée standard est lue
cli-arg-config-default = Écrire le fichier de configuration par défaut, commenté
cli-arg-completions-shell = Le shell
cli-arg-docs-page = La page
cli-arg-sandbox-port = Port sur 127.0.0.1 ; 0 en prend un libre
cli-arg-sandbox-accounts = Inventer autant de comptes au lieu de servir le parc de démonstration
cli-arg-sandbox-numbers = Numéros de téléphone de chaque compte inventé
cli-arg-sandbox-seed = Graine de tout ce qui est inventé : la même graine donne le même parc
cli-arg-sandbox-token = Le jeton à accepter ; sans indication, il est tiré de la graine
cli-arg-sandbox-upgrade = Ce que donne l'acceptation des conditions : succeed, fail, restricted ou payment
cli-arg-sandbox-setup = Secondes de mise en place interne après l'acceptation des conditions
cli-arg-sandbox-webhook-delay = Millisecondes avant chaque webhook de statut d'un message
cli-arg-sandbox-live = Laisser les comptes changer au hasard, à l'identique pour la même graine, et envoyer les webhooks correspondants ; un changement immédiat se demande par POST /sandbox/live avec change=MOT et au besoin id=ID
cli-arg-sandbox-script = Laisser les comptes changer selon un script. Une ligne est un délai après la ligne précédente, un changement et au besoin un identifiant, par exemple « 5s restrict 102290129340398 ». Changements : restrict, reinstate, quality-down, quality-up, template-pause, template-unpause, template-recategorise, limit-raise, terms-sign, name-decline, name-approve, payment-fix
cli-arg-sandbox-speed = Combien de fois plus vite que le temps réel les comptes changent ; les restrictions durent trois jours divisés par ce nombre
cli-arg-sandbox-faults = Quelque chose qui va mal, par exemple latency=50ms ou status=503,path=phone_numbers,count=2 ; peut être répété
cli-about-preview = Montrer l'aspect d'un message et le chemin qu'il prend, avant tout envoi
cli-about-send = Montrer la requête exacte d'un message, ou l'envoyer une fois
cli-arg-account = Le compte qui envoie : son identifiant ou son nom ; facultatif s'il n'y en a qu'un, ou avec le numéro
cli-arg-number = Le numéro d'envoi : son identifiant ou ses chiffres (par défaut le premier utilisable du compte)
cli-arg-template = Le modèle, avec sa langue s'il en a plusieurs : summer_sale/en
cli-arg-values = La valeur d'une variable : 1=Ana, body.1=Ana, header:file=https://… ; peut être répété
cli-arg-to = Qui le reçoit : un numéro avec l'indicatif du pays, ou un identifiant propre à l'entreprise ; peut être répété
cli-arg-recipients = Fichier avec un destinataire par ligne ; # commence un commentaire
cli-arg-draft = Un brouillon exporté du composeur ; les options données à côté l'emportent
cli-arg-cloud-api = Décocher la réception/distribution optimisée : envoyer par la Cloud API
cli-arg-optimized = Cocher la réception/distribution optimisée, même si le compte ne l'a pas (par défaut, cochée exactement s'il l'a)
cli-arg-strict = Ne jamais se rabattre sur la Cloud API : Meta refuse alors ce qui ne peut pas être optimisé
cli-arg-preview-examples = Montrer les exemples du modèle là où des valeurs manquent
cli-arg-preview-template-file = Montrer les modèles d'un fichier (JSON tel que Meta le lit ou l'accepte ; - est l'entrée standard) au lieu de ceux d'un compte ; personne n'est interrogé
cli-arg-preview-desktop = Le montrer tel que WhatsApp l'affiche sur le web et sur ordinateur, au lieu d'un téléphone
cli-arg-preview-pictures = Consulter les fichiers que le message contient, dessiner les images et dire la taille de chacun
cli-arg-preview-width = Colonnes du dessin (par défaut celles du terminal)
cli-arg-send-dry-run = Ne rien envoyer ; écrire la requête, sans le jeton
cli-arg-send-curl = Avec --dry-run : écrire la requête comme commande curl
cli-arg-send-yes = Envoyer vraiment ; sans cela, rien n'est jamais envoyé
cli-arg-send-wait = Secondes d'attente du rapport qui dit le chemin réel (seulement un bac à sable sur cette machine)
cli-message-to = On ne peut pas écrire à « { $to } » : { $problem }
cli-message-no-to = Dites qui le reçoit : --to +33…
cli-message-recipients = Les destinataires de { $path } ne peuvent pas être lus ({ $reason }).
cli-message-too-many = On écrit à { $most } personnes au plus à la fois. Partagez la liste.
cli-message-account = Dites quel compte envoie, par son identifiant ou son nom : --account ID. « wabadeck accounts » les liste.
cli-message-number = Le compte n'a pas de numéro « { $number } ». Il a : { $known }.
cli-message-template = Le compte n'a pas de modèle « { $template } ». Il a : { $known }.
cli-message-no-template = Indiquez le modèle : --template NOM, ou pour un aperçu --template-file FICHIER.
cli-template-file-unreadable = « { $path } » ne peut pas être lu : { $reason }.
cli-template-file-large = « { $path } » dépasse 4 Mio, ce qu'aucun modèle ne fait.
cli-template-file-json = « { $path } » n'est pas du JSON : { $reason }.
cli-template-file-none = Aucun modèle ne se trouve dans « { $path } » : rien n'y a de « components » avec des textes. Une requête qui envoie un modèle ne le contient pas.
cli-template-file-other = Le fichier ne contient pas de modèle « { $template } ».
cli-message-language = Dites dans quelle langue : --template { $template }/LANG. Il y a : { $languages }.
cli-message-var-form = « { $given } » n'est pas de la forme NOM=VALEUR.
cli-message-var = Le modèle n'a pas de variable « { $name } ». Il a : { $known }.
cli-send-free = Un message sans modèle répond à un client ; il s'envoie depuis le composeur du tableau de bord (c), pas par cette commande. Aperçu : wabadeck preview --draft FICHIER
cli-send-say-so = Rien n'a été envoyé. Ajoutez --yes pour envoyer le message, ou --dry-run pour voir sa requête.
cli-send-accepted = Meta l'a pris en charge ({ $status }) : { $id }. Chemin demandé : { $requested } ; chemin réel : { $actual }.
cli-send-unknown = L'issue est inconnue, le message n'a donc pas été renvoyé. Vérifiez s'il est arrivé avant de relancer.
cli-sandbox-embedded = C'est le bac à sable intégré : rien n'y est réel. Lancez wabadeck login pour voir vos propres comptes.
cli-sandbox-elsewhere = { $url } est un bac à sable : rien n'y est réel. Lancez wabadeck login pour voir vos propres comptes.
cli-accounts-none-match = Aucun compte ne correspond.
cli-status-unknown = « { $value } » n'est pas un statut. Sont connus { $known }, et les statuts tels que Meta les écrit, comme ELIGIBLE.
cli-blind-spot = Certains comptes n'ont pas pu être vus ({ $path }) : { $problem }
cli-blind-spot-of = Certains comptes n'ont pas pu être vus ({ $path }, { $of }) : { $problem }
cli-account-not-found = Le jeton ne voit aucun compte « { $account } ». « wabadeck accounts » liste ceux qu'il voit.
cli-account-ambiguous = Plusieurs comptes s'appellent « { $account } » : { $ids }. Désignez-en un par son identifiant.
cli-account-may-be-missing = Peut manquer
cli-section-restriction = Restreint
cli-evidence-status = Son statut le dit : { $value }
cli-next-eligible = Ouvrez le tableau de bord (« wabadeck ») et choisissez « Paramètre de mise à niveau ». Une acceptation vaut pour tout le portefeuille.
cli-next-onboarded = Voyez l'aspect d'un message et le chemin qu'il prend : « wabadeck preview --account { $id } --template NOM ».
cli-config-file = Configuration
cli-config-there = présente
cli-config-not-there = absente, les valeurs par défaut s'appliquent
cli-config-log = Journal
cli-config-data = Données
cli-config-history = Historique
cli-config-keep-days = { $count ->
    [one] gardé { $count } jour
   *[other] gardé { $count } jours
}
cli-config-graph = Graph API
cli-config-embedded = le bac à sable intégré
cli-config-version = Version
cli-config-token = Jeton
cli-config-no-token = aucun
cli-config-language = Langue
cli-broke =
    wabadeck s'est arrêté à { $place } : { $words }
    C'est un défaut de wabadeck ; son journal en garde une ligne.
cli-explain-usage = Dites lequel : « wabadeck explain 131049 », ou envoyez un corps d'erreur ou un webhook dans « wabadeck explain » par un tube.
cli-explain-nothing = Rien ici n'est connu. Collez un corps d'erreur, une réponse de lot, un webhook, un état de santé ou la réponse d'un compte, ou donnez un code (131049, 100/33) ou un mot de Meta (RESTRICTED, FIRST_PAUSE).
cli-explain-account = compte { $id }
cli-explain-meta = Les mots de Meta : { $words }
cli-explain-family = Seule la famille de ce code est documentée, pas le code lui-même.
cli-explain-who-us = Qui agit : ceux qui font tourner l'application, son jeton et ses messages.
cli-explain-who-admin = Qui agit : un administrateur de l'entreprise.
cli-explain-who-meta = Qui agit : Meta.
cli-explain-who-recipient = Qui agit : le destinataire.
cli-explain-who-nobody = Qui agit : personne ; cela passe en attendant, ou il n'y a rien à faire.
cli-explain-retry-never = À nouveau : jamais.
cli-explain-retry-change = À nouveau : après que quelque chose a été changé.
cli-explain-retry-after = À nouveau : une fois, au plus tôt après { $wait }.
cli-explain-retry-backoff = À nouveau : après { $first }, puis avec des pauses qui croissent jusqu'à { $cap }. Un envoi dont l'issue est inconnue n'est jamais répété.
cli-duration-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
cli-duration-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
cli-duration-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
cli-duration-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}

## composer

composer-route-optimized = Part en réception/distribution optimisée
composer-route-cloud-api = Passe par Cloud API
composer-route-fallback = Se repliera sur Cloud API
composer-route-refused = Ne peut pas être envoyé
composer-forecast = { $route } : { $reasons }.
composer-forecast-uncertain = { $route } (sans certitude) : { $reasons }.
composer-reason-template = état du modèle : { $value }
composer-reason-account-restricted = le compte est inactif ou restreint par Meta
composer-reason-restriction = Meta restreint le compte ({ $value })
composer-reason-restriction-until = Meta restreint le compte jusqu'au { $when } ({ $value })
composer-reason-health = Meta bloque les messages ({ $value })
composer-reason-health-code = Meta bloque les messages ({ $value }, code { $code })
composer-reason-number = le numéro n'est pas utilisable ({ $value })
composer-reason-number-platform = le numéro n'est pas sur Cloud API
composer-reason-not-deliverable = Meta suspend depuis le 1er avril 2025 les messages marketing vers les numéros de ce pays : { $value } (131049)
composer-reason-sanctioned = personne dans ce pays ne peut recevoir de message : { $value } (sanctions)
composer-reason-cloud-api-off = le marketing par Cloud API est désactivé pour ce compte (131063)
composer-reason-max-price = le prix maximum du modèle n'existe qu'en réception/distribution optimisée (131061)
composer-reason-needs-phone = ce message demande un numéro de téléphone, pas un identifiant (131062)
composer-reason-strict = « Ne jamais se replier » est coché et le compte n'est pas activé
composer-reason-window = le dernier message du client date de plus de 24 heures (131047)
composer-reason-onboarded = la réception/distribution optimisée est activée pour ce compte
composer-reason-not-onboarded = la réception/distribution optimisée n'est pas activée pour ce compte ({ $value })
composer-reason-onboarding-not-reported = Meta n'a pas indiqué si la réception/distribution optimisée est activée
composer-reason-onboarding-unknown = Meta a envoyé un état que cette version ne connaît pas ({ $value })
composer-reason-not-marketing = c'est toujours le cas des messages { $value }
composer-reason-not-selected = la réception/distribution optimisée n'est pas cochée pour ce message
composer-step-template = Choisissez un modèle approuvé.
composer-step-template-paused = Choisissez un autre modèle, ou attendez que Meta lève la pause.
composer-step-template-pending = Choisissez un autre modèle, ou attendez l'examen de Meta.
composer-step-health = Le détail du compte dit ce qui ne va pas et qui doit agir.
composer-step-number = Choisissez un autre numéro, ou enregistrez celui-ci sur Cloud API.
composer-step-recipient = Choisissez un autre destinataire, ou un autre canal pour celui-ci.
composer-step-check-box = Cochez « Livraison optimisée » ; si le compte n'est pas activé, mettez-le d'abord à niveau.
composer-step-strict = Décochez « Ne jamais se replier » (dans l'onglet Test « Prouver la réception/distribution optimisée »), ou mettez d'abord le compte à niveau.
composer-lost = Perdu par ce chemin : { $parts }.
composer-lost-ttl = la durée de vie de { $value } (devient 30 jours)
composer-lost-gif = l'en-tête GIF
composer-lost-creative = l'optimisation créative
composer-lost-max-price = le prix maximum
composer-lost-activity = le choix sur le partage d'activité
composer-note-no-optimization = Il prend le chemin optimisé, mais Meta n'y optimise rien et n'y compte pas les clics ({ $side } : { $value }).
composer-note-limited = Les clics ne sont pas comptés et un prix maximum n'est pas optimisé ({ $side } : { $value }).
composer-note-sanctioned = Les entreprises de ce pays ne peuvent pas être activées ({ $side } : { $value }).
composer-note-may-be-us = Le numéro appartient peut-être aux États-Unis : Meta y suspend les messages marketing (131049).
composer-note-may-be-sanctioned = Le numéro appartient peut-être à une région où personne ne peut recevoir de message : { $value }.
composer-note-recipient-unknown = Le numéro du destinataire n'appartient à aucun pays connu.
composer-note-user-id = Envoyé à un identifiant, le message n'est pas optimisé.
composer-note-sync = Le modèle est peut-être encore en synchronisation ; si l'envoi échoue avec 134101, attendez dix minutes.
composer-note-health = Meta limite les messages ({ $value }).
composer-note-number = Le numéro demande attention ({ $value }).
composer-note-template-status = Meta a envoyé un état de modèle que cette version ne connaît pas ({ $value }).
composer-note-category = Meta tient ce modèle pour un modèle de messages { $value } et peut changer sa catégorie ; le chemin changerait avec elle.
composer-note-window = On ne sait pas si la fenêtre de 24 heures est ouverte.
composer-note-max-price = Meta peut refuser un modèle à prix maximum au lieu de se replier (131061).
composer-side-business = entreprise
composer-side-number = numéro de l'entreprise
composer-side-recipient = destinataire
composer-area-crimea = Crimée
composer-area-donetsk = Donetsk
composer-area-luhansk = Louhansk
composer-country = { $code ->
    [AD] Andorre
    [AE] Émirats arabes unis
    [AF] Afghanistan
    [AG] Antigua-et-Barbuda
    [AI] Anguilla
    [AL] Albanie
    [AM] Arménie
    [AO] Angola
    [AR] Argentine
    [AS] Samoa américaines
    [AT] Autriche
    [AU] Australie
    [AW] Aruba
    [AX] Îles Åland
    [AZ] Azerbaïdjan
    [BA] Bosnie-Herzégovine
    [BB] Barbade
    [BD] Bangladesh
    [BE] Belgique
    [BF] Burkina Faso
    [BG] Bulgarie
    [BH] Bahreïn
    [BI] Burundi
    [BJ] Bénin
    [BL] Saint-Barthélemy
    [BM] Bermudes
    [BN] Brunei
    [BO] Bolivie
    [BQ] Pays-Bas caribéens
    [BR] Brésil
    [BS] Bahamas
    [BT] Bhoutan
    [BW] Botswana
    [BY] Biélorussie
    [BZ] Belize
    [CA] Canada
    [CC] Îles Cocos
    [CD] Congo-Kinshasa
    [CF] République centrafricaine
    [CG] Congo-Brazzaville
    [CH] Suisse
    [CI] Côte d'Ivoire
    [CK] Îles Cook
    [CL] Chili
    [CM] Cameroun
    [CN] Chine
    [CO] Colombie
    [CR] Costa Rica
    [CU] Cuba
    [CV] Cap-Vert
    [CW] Curaçao
    [CX] Île Christmas
    [CY] Chypre
    [CZ] Tchéquie
    [DE] Allemagne
    [DJ] Djibouti
    [DK] Danemark
    [DM] Dominique
    [DO] République dominicaine
    [DZ] Algérie
    [EC] Équateur
    [EE] Estonie
    [EG] Égypte
    [EH] Sahara occidental
    [ER] Érythrée
    [ES] Espagne
    [ET] Éthiopie
    [FI] Finlande
    [FJ] Fidji
    [FK] Îles Malouines
    [FM] Micronésie
    [FO] Îles Féroé
    [FR] France
    [GA] Gabon
    [GB] Royaume-Uni
    [GD] Grenade
    [GE] Géorgie
    [GF] Guyane française
    [GG] Guernesey
    [GH] Ghana
    [GI] Gibraltar
    [GL] Groenland
    [GM] Gambie
    [GN] Guinée
    [GP] Guadeloupe
    [GQ] Guinée équatoriale
    [GR] Grèce
    [GT] Guatemala
    [GU] Guam
    [GW] Guinée-Bissau
    [GY] Guyana
    [HK] Hong Kong
    [HN] Honduras
    [HR] Croatie
    [HT] Haïti
    [HU] Hongrie
    [ID] Indonésie
    [IE] Irlande
    [IL] Israël
    [IM] Île de Man
    [IN] Inde
    [IQ] Irak
    [IR] Iran
    [IS] Islande
    [IT] Italie
    [JE] Jersey
    [JM] Jamaïque
    [JO] Jordanie
    [JP] Japon
    [KE] Kenya
    [KG] Kirghizstan
    [KH] Cambodge
    [KI] Kiribati
    [KM] Comores
    [KN] Saint-Christophe-et-Niévès
    [KP] Corée du Nord
    [KR] Corée du Sud
    [KW] Koweït
    [KY] Îles Caïmans
    [KZ] Kazakhstan
    [LA] Laos
    [LB] Liban
    [LC] Sainte-Lucie
    [LI] Liechtenstein
    [LK] Sri Lanka
    [LR] Liberia
    [LS] Lesotho
    [LT] Lituanie
    [LU] Luxembourg
    [LV] Lettonie
    [LY] Libye
    [MA] Maroc
    [MC] Monaco
    [MD] Moldavie
    [ME] Monténégro
    [MF] Saint-Martin
    [MG] Madagascar
    [MH] Îles Marshall
    [MK] Macédoine du Nord
    [ML] Mali
    [MM] Myanmar
    [MN] Mongolie
    [MO] Macao
    [MP] Îles Mariannes du Nord
    [MQ] Martinique
    [MR] Mauritanie
    [MS] Montserrat
    [MT] Malte
    [MU] Maurice
    [MV] Maldives
    [MW] Malawi
    [MX] Mexique
    [MY] Malaisie
    [MZ] Mozambique
    [NA] Namibie
    [NC] Nouvelle-Calédonie
    [NE] Niger
    [NF] Île Norfolk
    [NG] Nigeria
    [NI] Nicaragua
    [NL] Pays-Bas
    [NO] Norvège
    [NP] Népal
    [NR] Nauru
    [NU] Niue
    [NZ] Nouvelle-Zélande
    [OM] Oman
    [PA] Panama
    [PE] Pérou
    [PF] Polynésie française
    [PG] Papouasie-Nouvelle-Guinée
    [PH] Philippines
    [PK] Pakistan
    [PL] Pologne
    [PM] Saint-Pierre-et-Miquelon
    [PR] Porto Rico
    [PS] Territoires palestiniens
    [PT] Portugal
    [PW] Palaos
    [PY] Paraguay
    [QA] Qatar
    [RE] La Réunion
    [RO] Roumanie
    [RS] Serbie
    [RU] Russie
    [RW] Rwanda
    [SA] Arabie saoudite
    [SB] Îles Salomon
    [SC] Seychelles
    [SD] Soudan
    [SE] Suède
    [SG] Singapour
    [SH] Sainte-Hélène
    [SI] Slovénie
    [SJ] Svalbard et Jan Mayen
    [SK] Slovaquie
    [SL] Sierra Leone
    [SM] Saint-Marin
    [SN] Sénégal
    [SO] Somalie
    [SR] Suriname
    [SS] Soudan du Sud
    [ST] Sao Tomé-et-Principe
    [SV] Salvador
    [SX] Saint-Martin (partie néerlandaise)
    [SY] Syrie
    [SZ] Eswatini
    [TC] Îles Turques-et-Caïques
    [TD] Tchad
    [TG] Togo
    [TH] Thaïlande
    [TJ] Tadjikistan
    [TK] Tokelau
    [TL] Timor oriental
    [TM] Turkménistan
    [TN] Tunisie
    [TO] Tonga
    [TR] Turquie
    [TT] Trinité-et-Tobago
    [TV] Tuvalu
    [TW] Taïwan
    [TZ] Tanzanie
    [UA] Ukraine
    [UG] Ouganda
    [US] États-Unis
    [UY] Uruguay
    [UZ] Ouzbékistan
    [VA] État de la Cité du Vatican
    [VC] Saint-Vincent-et-les Grenadines
    [VE] Venezuela
    [VG] Îles Vierges britanniques
    [VI] Îles Vierges des États-Unis
    [VN] Viêt Nam
    [VU] Vanuatu
    [WF] Wallis-et-Futuna
    [WS] Samoa
    [XK] Kosovo
    [YE] Yémen
    [YT] Mayotte
    [ZA] Afrique du Sud
    [ZM] Zambie
    [ZW] Zimbabwe
   *[other] { $code }
}
composer-kind-marketing = marketing
composer-kind-utility = utilitaires
composer-kind-authentication = d'authentification
composer-kind-other = hors marketing
composer-kind-service = de service
composer-kind-response = de réponse
composer-category-marketing = Marketing
composer-category-utility = Utilitaire
composer-category-authentication = Authentification
composer-category-service = Service gratuit
composer-template-approved = approuvé
composer-template-archived = archivé
composer-template-deleted = supprimé
composer-template-disabled = désactivé par Meta
composer-template-in-appeal = rejeté, en appel
composer-template-limit-exceeded = au-delà de la limite du compte
composer-template-paused = mis en pause par Meta
composer-template-pending = en cours d'examen
composer-template-pending-deletion = en cours de suppression
composer-template-rejected = rejeté
composer-with-carousel = carrousel
composer-with-offer = offre
composer-with-coupon = code promo
composer-with-location = lieu
composer-path-optimized = optimisé
composer-path-cloud-api = Cloud API
composer-path-not-yet-known = pas encore connu
composer-path-none = pas envoyé
composer-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
composer-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
composer-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
composer-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
command-composer-fill-examples = remplir les exemples
command-composer-fill-examples-help = Mettre l'exemple du modèle dans chaque champ encore vide.
command-composer-new = nouveau message
command-composer-new-help = Commencer un autre message depuis ce compte ; ce qui a été saisi et choisi pour celui-ci disparaît.
command-composer-change-device = mobile/ordinateur
command-composer-change-device-help = Montrer le message tel qu'un téléphone l'affiche, ou tel que WhatsApp l'affiche sur le web et sur ordinateur.
command-composer-pick-account = compte
command-composer-pick-account-help = Choisir le compte qui envoie le message.
command-composer-toggle-pictures = images
command-composer-toggle-pictures-help = Dessiner les images et dire la taille des fichiers, ou ne consulter aucun fichier et montrer des cadres.
command-composer-change-colours = couleurs de la bulle
command-composer-change-colours-help = Montrer le message en couleurs claires ou sombres.
command-composer-compare-languages = langues
command-composer-compare-languages-help = Mettre toutes les langues du modèle côte à côte.
command-composer-next-card = carte suivante
command-composer-next-card-help = Montrer la carte suivante d'un carrousel.
command-composer-previous-card = carte précédente
command-composer-previous-card-help = Montrer la carte précédente d'un carrousel.
composer-account = Compte
composer-made-of = Message
composer-pick-kind = De quoi le message est-il fait ?
composer-made-of-template = Modèle
composer-made-of-text = Texte
composer-made-of-image = Image
composer-made-of-video = Vidéo
composer-made-of-document = Document
composer-made-of-replies = Réponses rapides
composer-made-of-link = Appel à l'action
composer-made-of-list = Liste
composer-made-of-template-note = marketing, utilitaire, authentification
composer-made-of-free = service ou réponse
composer-free-window = Seulement dans les 24 heures suivant le dernier message du client ; ensuite Meta le refuse (131047).
composer-free-body = Texte
composer-free-caption = Légende
composer-free-list-button = Bouton de la liste
composer-free-link-button = Bouton
composer-free-url = Adresse
composer-free-row = Ligne { $number }
composer-free-row-description = … description
composer-free-hint-body = texte ; alt-⏎ passe à la ligne
composer-free-hint-url = https://…
composer-option-removed-free = Les messages de service et les réponses passent toujours par l'API Cloud ; la réception/distribution optimisée est réservée aux messages marketing.
composer-pasted-lines = Les sauts de ligne et tabulations sont devenus des espaces : Meta les refuse dans une valeur.
composer-number = Numéro
composer-template = Modèle
composer-pick-account = Envoyer depuis quel compte ?
composer-pick-number = Envoyer depuis quel numéro ?
composer-pick-template = Quel modèle ?
composer-none = aucun
composer-loading = chargement…
composer-templates-loading = Demande à Meta des modèles de ce compte…
composer-templates-failed = Les modèles n'ont pas pu être lus : { $reason } { $key } pour réessayer.
composer-templates-stale = Les modèles n'ont pas pu être relus : { $reason } Affiché : ce qui était connu avant.
composer-no-templates = Ce compte n'a aucun modèle. Créez-en un dans WhatsApp Manager, puis actualisez.
composer-no-number = Ce compte n'a aucun numéro d'envoi.
composer-no-examples = Il n'y a pas d'exemple pour un champ vide.
composer-no-cards = Ce modèle n'a pas de cartes.
composer-no-colours = Sans couleurs, il n'y a rien à changer.
composer-one-language = Ce modèle n'existe qu'en une seule langue.
composer-nothing-to-forecast = Choisissez un compte et un modèle ; le chemin du message sera indiqué ici.
composer-nothing-to-preview = Choisissez un modèle pour voir le message ici.
composer-nothing-to-send = Choisissez d'abord un compte, un numéro et un modèle.
composer-nothing-asked = Ce modèle ne demande aucune valeur.
composer-forecast-unready = { $count ->
    [one] 1 valeur manque ; puis
   *[other] { $count } valeurs manquent ; puis
}
composer-tally = { $good } sur { $count } valeurs saisies
composer-fill-hint = { $key } remplit les exemples
composer-missing = manque
composer-optional = facultatif
composer-card = Carte { $number }
composer-variable-header = En-tête { $name }
composer-variable-body = Texte { $name }
composer-variable-file = Fichier
composer-variable-file-name = Nom du fichier
composer-variable-latitude = Latitude
composer-variable-longitude = Longitude
composer-variable-place = Nom du lieu
composer-variable-address = Adresse
composer-variable-catalog = Id du catalogue
composer-variable-product = Id du produit
composer-variable-offer-ends = Fin de l'offre
composer-variable-button-url = Lien bouton { $number }
composer-variable-code = Code promo
composer-variable-button-product = Produit bouton { $number }
composer-variable-button-products = Produits bouton { $number }
composer-variable-button-flow = Jeton bouton { $number }
composer-media-image = Image
composer-media-video = Vidéo
composer-media-document = Document
composer-media-gif = GIF
composer-hint-text = texte
composer-hint-url = fin de l'adresse
composer-hint-media = adresse https ou id de média
composer-hint-file-name = montré au destinataire
composer-hint-latitude = degrés nord, p. ex. 52.52
composer-hint-longitude = degrés est, p. ex. 13.405
composer-hint-code = lettres et chiffres
composer-hint-moment = à votre heure, p. ex. 2026-12-31 18:00
composer-hint-id = id
composer-hint-ids = ids, séparés par des virgules
composer-value-missing = valeur manquante
composer-value-line-break = Une valeur ne peut pas contenir de saut de ligne.
composer-value-tab = Une valeur ne peut pas contenir de tabulation.
composer-value-spaces = Une valeur ne peut pas contenir plus de quatre espaces de suite.
composer-value-too-long = Trop long : { $used } caractères sur { $max }.
composer-value-file = Donnez une adresse https, ou l'id d'un fichier envoyé.
composer-value-address = Indiquez une adresse web, par exemple https://example.com.
composer-value-degrees = Donnez des degrés entre -{ $max } et { $max }.
composer-value-moment = Indiquez un moment à votre heure, par exemple 2026-12-31 18:00, ou avec son décalage : 2026-12-31T18:00:00Z.
composer-value-past = Ce moment est passé.
composer-value-code = Lettres, chiffres, - et _ seulement.
composer-value-formatting = Cette valeur change la mise en forme du texte.
composer-value-encoded = Envoyé sous la forme { $value }
composer-value-moment-read = Fin : { $when }, à votre heure
composer-problem-account = Choisissez d'abord un compte.
composer-problem-recipient = Saisissez d'abord le numéro du destinataire dans l'onglet Test.
composer-problem-value = { $name } : { $problem }
composer-problem-too-long = { $name } : { $used } caractères, { $max } sont permis.
composer-problem-order = Une commande part avec ce modèle, et wabadeck n'envoie pas de commandes : envoyez-le depuis le système qui les gère.
composer-problem-unknown = Le modèle a une partie que cette version ne sait pas remplir ({ $name }).
composer-cannot-resolve = Le message ne peut plus être composé : le compte ou son numéro a disparu.
composer-phone-empty = Saisissez un numéro.
composer-phone-not-a-number = Ce n'est pas un numéro de téléphone.
composer-phone-no-country = L'indicatif du pays manque : écrivez +33 6… au lieu de 06….
composer-phone-too-short = Trop court pour un numéro international.
composer-phone-too-long = Trop long pour un numéro international.
composer-on-sending = À l'envoi
composer-option-removed = Ce modèle est destiné aux messages { $kind }. Ils passent toujours par Cloud API ; la réception/distribution optimisée est réservée aux messages marketing.
composer-checked-on = Coché, car la réception/distribution optimisée est activée pour ce compte.
composer-unchecked-by-hand = Décoché pour ce message seulement. Pour le suivant, la case sera de nouveau cochée.
composer-unchecked-not-on = Décoché, car la réception/distribution optimisée n'est pas activée pour ce compte. La case peut être cochée malgré tout.
composer-checked-not-on = Coché pour ce message, bien que la réception/distribution optimisée ne soit pas activée pour ce compte.
composer-never-fall-back = Ne jamais se replier
composer-strict-off = Si la réception/distribution optimisée n'est pas disponible à l'envoi, le message passe par Cloud API.
composer-strict-on = Si la réception/distribution optimisée n'est pas disponible à l'envoi, Meta refuse le message (STRICT).
composer-of-template = Du modèle
composer-ttl = Durée de vie
composer-ttl-own = { $value } en réception/distribution optimisée ; 30 jours par Cloud API.
composer-ttl-kept = { $value }
composer-ttl-default = Celle de Meta par défaut.
composer-creative = Création
composer-creative-on = Meta peut la modifier, en réception/distribution optimisée seulement.
composer-max-price = Prix maximum
composer-max-price-on = Défini ; ne vaut qu'en réception/distribution optimisée.
composer-gif = En-tête GIF
composer-gif-on = Animé en réception/distribution optimisée seulement.
composer-about-preview = À propos de cet aperçu
composer-fact-missing = Des valeurs manquent ; elles sont marquées. { $key } remplit les exemples du modèle.
composer-fact-missing-only = Des exemples figurent là où des valeurs manquent.
composer-fact-formatting = La valeur de { $name } change la mise en forme du texte.
composer-fact-length = { $name } : { $used } caractères sur { $max }
composer-fact-fold = En réception/distribution optimisée, un téléphone montre { $count } lignes du texte ; le reste se trouve derrière « Lire la suite », estompé ici.
composer-fact-see-all = Avec plus de trois boutons, WhatsApp en montre deux, les autres derrière « Voir toutes les options ».
composer-fact-desktop = WhatsApp sur ordinateur ne montre pas cette combinaison de boutons.
composer-fact-offer = WhatsApp sur le web et sur ordinateur ne montre pas l'offre.
composer-fact-creative = Meta peut modifier l'image, la mise en forme ou le titre en réception/distribution optimisée.
composer-fact-united-states = Meta suspend les messages marketing vers les numéros des États-Unis (131049). Indiquez le destinataire pour voir ce qui vaut pour lui.
composer-fact-gif = L'en-tête ne bouge qu'en réception/distribution optimisée ; par l'API Cloud, il est perdu.
composer-fact-written-by-meta = Meta rédige ce texte, dans la langue du modèle. Il figure ici en anglais.
composer-fact-one-tap = Sur Android, le bouton transmet le code à votre application ; ailleurs, il copie le code.
composer-fact-copy-label = Il porte alors le texte « { $label } ».
composer-fact-zero-tap = Sur Android, votre application reçoit le code sans appui ; ailleurs, le bouton le copie.
composer-fact-languages = Le modèle existe en { $count } langues ; { $key } les met côte à côte.
composer-look-narrower = Il n'y a de place ici que pour { $here } des { $there } colonnes d'une ligne : les lignes se coupent plus tôt.
composer-device-phone = Sur téléphone · { $key } ordinateur
composer-device-desktop = Sur ordinateur · { $key } téléphone
composer-preview-more = encore { $count } · { $key }
composer-hint-cards = cartes
composer-hint-languages = langues
composer-hint-desktop = ordinateur
composer-hint-phone = téléphone
composer-hint-colours = couleurs
composer-last-draft = Dernier brouillon ({ $key }) : { $draft }
composer-not-on-desktop = WhatsApp sur le web et sur ordinateur n'affiche pas ce message ; il invite à l'ouvrir sur le téléphone.
composer-read-more = Lire la suite
composer-part-header = En-tête
composer-part-offer = Offre
composer-part-body = Texte
composer-part-footer = Pied de page
composer-part-call-permission = WhatsApp demande si l'entreprise peut appeler
composer-part-order = Le contenu de la commande, donné à l’envoi
composer-part-button-label = Bouton { $number }
composer-part-button-url = Lien du bouton { $number }
composer-see-all = Voir toutes les options
composer-pager = { $range } sur { $count }
composer-box-missing = { $what } : manque
composer-box-example = comme dans l'exemple du modèle
composer-box-of-example = affiché : l'exemple du modèle
media-loading = consultation du fichier …
media-not-a-file = ce n'est pas l'adresse d'un fichier
media-not-encrypted = non consulté : son adresse n'est pas en https
media-not-reached = son serveur est injoignable
media-too-slow = son serveur a mis trop de temps
media-gone = ce fichier n'existe pas (ou plus)
media-refused = son serveur l'a refusé (HTTP { $status })
media-too-large = plus que les 5 Mo que Meta accepte
media-too-large-by = { $size } : plus que les 5 Mo que Meta accepte
media-too-many-pixels = { $size } pixels : trop pour être dessiné ici
media-not-a-picture = ni PNG ni JPEG
media-not-a-picture-but = ni PNG ni JPEG, mais { $kind }
media-damaged = le fichier est abîmé
media-on = Les images sont dessinées, les fichiers mesurés.
media-off = Aucun fichier n'est consulté ; des cadres en tiennent lieu.
media-fact-on = { $key } montre des cadres à la place des images et ne consulte aucun fichier.
media-fact-off = Aucun fichier n'est consulté ; { $key } montre les images et les tailles.
composer-unknown-part = { $name } (inconnu de cette version)
composer-place = Lieu
composer-product = Produit
composer-offer-ends = Jusqu'au { $when } · encore { $left }
composer-offer-ended = Terminée le { $when }
composer-button-reply = Répondre
composer-button-link = Ouvrir le lien
composer-button-call = Appeler
composer-button-copy = Copier le code
composer-button-flow = Ouvrir le formulaire
composer-button-products = Voir les produits
composer-button-list = Choisir
composer-button-order = Vérifier et payer
composer-button-other = Bouton
composer-recipient = À
composer-recipient-hint = +33 6 12 34 56 78
composer-recipient-help = Un numéro avec l'indicatif du pays, ou quelques-uns séparés par des virgules. De vraies personnes reçoivent ce message.
composer-recipient-help-sandbox = Un numéro avec l'indicatif du pays, ou quelques-uns séparés par des virgules. Dans le bac à sable, personne ne reçoit ce message.
composer-recipient-region = { $number } · { $country } : { $effect }
composer-recipient-nowhere = { $number } n'appartient à aucun pays connu.
composer-recipient-user-id-plain = Un identifiant à la place d'un numéro.
composer-recipient-user-id = Un identifiant : rien de ce qui lui est envoyé n'est optimisé.
composer-send-button = Envoyer un test…
composer-sent-title = Envoyés récemment
composer-no-reports = Les états d'un compte réel vont à son propre webhook, pas ici : le chemin effectif reste « pas encore connu ».
composer-sent-none = Rien pour l'instant.
composer-column-time = Heure
composer-column-to = À
composer-column-requested = Demandé
composer-column-actual = Effectif
composer-column-status = État
composer-stage-sending = envoi…
composer-stage-accepted = accepté
composer-stage-held = retenu
composer-stage-paused = en pause
composer-stage-sent = envoyé
composer-stage-delivered = remis
composer-stage-read = lu
composer-stage-failed = échoué
composer-stage-refused = refusé
composer-stage-unknown = inconnu
composer-unknown-help = Il est peut-être parti, ou non. wabadeck ne le renvoie jamais de lui-même. ⏎ demande si vous le voulez.
composer-fell-back = Il devait partir en réception/distribution optimisée et s'est replié sur Cloud API.
composer-said-refused = Meta a refusé le test. L'onglet Test dit pourquoi.
composer-said-unknown = Le test n'a reçu aucune réponse : il est peut-être parti, ou non. Voir l'onglet Test.
composer-confirm-title = Envoyer ce test ?
composer-confirm-from = De { $number }, compte { $account }
composer-confirm-to = À { $recipient }
composer-confirm-what = Modèle { $template }, { $language }
composer-confirm-real = Il arrive sur un vrai téléphone et peut être facturé.
composer-confirm-sandbox = C'est le bac à sable : aucun téléphone ne le reçoit, et rien n'est facturé.
composer-again-title = L'envoyer de nouveau ?
composer-again-unknown = Le message à { $recipient } n'a reçu aucune réponse ; il est peut-être parti malgré tout.
composer-again-twice = Si vous l'envoyez de nouveau, il peut arriver deux fois.
composer-request-copied = Requête copiée comme commande curl, sans le jeton.

# --- vérifications avant l'envoi ---

preflight-title = Avant l'envoi
preflight-item-template = Modèle
preflight-item-sync = Synchro
preflight-item-quality = Qualité
preflight-item-standing = Compte
preflight-item-number = Numéro
preflight-item-limit = Limite
preflight-item-payment = Paiement
preflight-item-terms = Conditions
preflight-item-permission = Jeton
preflight-item-recipients = Destinataires
preflight-item-values = Variables
preflight-item-delivery = Réception
preflight-approved = approuvé
preflight-window-open = la fenêtre de 24 heures est ouverte
preflight-synced = synchronisé avec son objet publicitaire
preflight-sync-not-needed = inutile via Cloud API
preflight-sync-not-reported = Meta ne dit pas si le modèle est synchronisé
preflight-idle = { $count ->
    [one] dernier envoi d'ici il y a 1 jour ; le modèle devra peut-être se resynchroniser
   *[other] dernier envoi d'ici il y a { $count } jours ; le modèle devra peut-être se resynchroniser
}
preflight-standing = en règle
preflight-number-ready = connecté
preflight-paused-until = suspendu jusqu'au { $when }, comme Meta l'a annoncé
preflight-paused-latest = suspendu jusqu'au { $when } au plus tard : 3 heures la première fois, 6 la deuxième, puis désactivé
preflight-paused-unknown = on ignore jusqu'à quand : personne ici n'a vu la suspension commencer. Elle dure 3 heures la première fois, 6 la deuxième ; la troisième fois le modèle est désactivé
preflight-limit = { $most } personnes en 24 heures pour tout le portefeuille, { $reached } contactées par ce wabadeck ; combien d'ailleurs, Meta ne le dit pas
preflight-limit-none = aucune limite
preflight-limit-not-reported = Meta n'indique pas la limite
preflight-payment-set = un moyen de paiement est enregistré
preflight-payment-missing = le compte attend un moyen de paiement valide ; Meta peut refuser le message (131042)
preflight-payment-not-reported = Meta ne montre pas si un moyen de paiement est enregistré
preflight-nothing-billed = les réponses dans la fenêtre sont gratuites
preflight-terms-signed = les conditions de la réception/distribution optimisée sont signées
preflight-terms-unsigned = les conditions de la réception/distribution optimisée ne sont pas signées
preflight-terms-not-needed = inutiles via Cloud API
preflight-may-send = peut envoyer des messages
preflight-may-not-send = il manque whatsapp_business_messaging au jeton
preflight-permission-not-reported = Meta ne dit pas ce que le jeton peut faire
preflight-no-recipient = personne n'est encore choisi
preflight-recipients = { $count ->
    [one] 1 destinataire valide
   *[other] { $count } destinataires valides
}
preflight-values-none = le modèle n'en demande aucune
preflight-values = { $count ->
    [one] la valeur est là
   *[other] les { $count } valeurs sont là
}
preflight-and-more = { $first } (et { $count } de plus)
preflight-remedy-payment = Ajoutez un moyen de paiement valide dans WhatsApp Manager.
preflight-remedy-idle = Si l'envoi échoue avec 134101, attendez dix minutes puis renvoyez.
preflight-remedy-quality = Écrivez à qui le souhaite et facilitez la désinscription ; Meta suspend ce que beaucoup bloquent.
preflight-remedy-terms = { $key } montre comment accepter les conditions.
preflight-remedy-permission = Connectez-vous avec un jeton qui a whatsapp_business_messaging.
preflight-remedy-limit = Attendez que les personnes contactées hier ne comptent plus, ou écrivez à moins de monde.
preflight-summary-good = Rien n'empêche l'envoi.
preflight-summary-care = { $count ->
    [one] 1 point demande votre attention ; rien n'empêche l'envoi.
   *[other] { $count } points demandent votre attention ; rien n'empêche l'envoi.
}
preflight-summary-bad = { $count ->
    [one] 1 point empêche l'envoi.
   *[other] { $count } points empêchent l'envoi.
}

# --- réglages avancés, requête, brouillons ---

composer-advanced = Avancé
composer-activity-sharing = Partage d'activité
composer-activity-default = comme réglé sur le compte
composer-activity-on = activé, pour ce message
composer-activity-off = désactivé, pour ce message
composer-activity-help = Si Meta apprend les remises, lectures et clics, dont il se sert pour optimiser. ⏎ change ce réglage.
composer-creative-account = Création (compte)
composer-creative-in = activé : { $names }
composer-creative-out = désactivé : { $names }
composer-creative-unset = rien n'est réglé ; le réglage par défaut de Meta vaut.
composer-max-price-amount = { $amount } dans la plus petite unité de { $currency }, pour 1 000 remises ; en réception/distribution optimisée seulement.
composer-lost-now = ↘ perdu par la voie que prend ce message
composer-lost-if = ↘ perdu si le message se replie sur Cloud API
composer-where = Où cela fonctionne
composer-where-business = Entreprise
composer-where-number = Numéro d'envoi
composer-where-recipient = Destinataire
composer-where-nobody = Saisissez des destinataires dans l'onglet Test pour voir ce qui se passe dans leur pays.
composer-proof = Prouver la réception/distribution optimisée
composer-proof-on = Le test part en STRICT : si Meta l'accepte, il part optimisé ; il ne se replie jamais.
composer-proof-off = Le test part avec les réglages du message et peut se replier sur Cloud API.
composer-unknown-earlier = Aucune réponse ne lui est parvenue lors d'une exécution précédente. Il est peut-être arrivé, peut-être pas ; wabadeck ne le renvoie jamais de lui-même.
composer-too-many = Un test part à { $most } personnes au plus.
composer-confirm-category = Catégorie de prix : { $category }
composer-confirm-category-unknown = Catégorie de prix : inconnue avant l'envoi
composer-confirm-strict = Envoyé en STRICT : Meta le refuse plutôt que de se replier.
composer-price-marketing_lite = marketing en réception/distribution optimisée (marketing_lite)
composer-price-marketing = marketing via Cloud API (marketing)
composer-price-utility = utilitaire
composer-price-authentication = authentification
composer-price-service = service, gratuit
request-title = La requête, exactement telle qu'elle partirait
request-as-json = JSON
request-as-curl = curl
request-copied = Copié, sans le jeton.
hint-request = tab JSON ou curl · y copier · ↑↓ défiler · esc fermer
preflight-all = { $key } montre toutes les vérifications.
draft-pick = Brouillons
draft-from-file = Depuis un fichier…
draft-taken-up = Le brouillon est de retour. Rien n'a été envoyé.
draft-imported = Lu depuis un fichier. Vérifiez tout avant d'envoyer.
draft-no-account = Le brouillon est pour le compte { $account }, que ce jeton ne voit pas.
draft-no-template = Le compte n'a pas de modèle { $template }.
draft-exported = Écrit dans { $path }
draft-import-title = Lire un brouillon depuis un fichier
draft-import-help = Un fichier que quelqu'un a exporté. Le lire n'envoie rien.
draft-export-title = Transmettre le brouillon en fichier
draft-export-help = Compte, modèle, valeurs et réglages ; « wabadeck preview --draft FICHIER » le montre.
draft-with-recipients = Inclure les numéros des destinataires (tab)
hint-path = ⏎ continuer · esc fermer
hint-path-export = ⏎ écrire · tab numéros des destinataires · esc fermer
draft-path-hint = chemin du fichier
ago = { $unit ->
    [seconds] à l'instant
    [minutes] il y a { $count } min
    [hours] il y a { $count } h
    [days] { $count ->
        [one] il y a 1 jour
       *[other] il y a { $count } jours
    }
    [months] il y a { $count } mois
   *[years] { $count ->
        [one] il y a 1 an
       *[other] il y a { $count } ans
    }
}


## sign in

cli-about-login = Se connecter : vérifier un jeton auprès de Meta, dire ce qu'il permet et le garder au meilleur endroit de cette machine
cli-about-logout = Se déconnecter : retirer le jeton et la clé secrète de l'app d'un profil partout où ils sont gardés
cli-about-profiles = Énumérer les profils : à qui chacun s'adresse, où son jeton est gardé, lequel est le profil par défaut
cli-arg-profile = Profil à utiliser, ou auquel se connecter (par défaut : default_profile du fichier de configuration ; aussi WABADECK_PROFILE)
cli-arg-login-app-secret = Lire aussi la clé secrète de l'app, sur une deuxième ligne ; chaque appel est alors signé avec elle
cli-arg-login-stdin = Lire l'entrée standard, un secret par ligne, au lieu de demander dans le terminal
cli-arg-login-no-check = Garder le jeton sans demander à Meta s'il fonctionne
login-prompt-token = Jeton d'accès pour { $host }, profil { $profile } (rien ne s'affiche) :{" "}
login-prompt-app-secret = Clé secrète de l'app pour le profil { $profile } (rien ne s'affiche) :{" "}
login-not-the-sandbox = Le bac à sable intégré ne demande aucune connexion. Enlevez --sandbox.
login-stdin-is-terminal = --stdin lit un tube ou un fichier, pour que rien ne s'affiche à l'écran. Enlevez-le pour que la question soit posée ici.
login-interrupted = Interrompu : rien n'a été gardé.
login-nothing = Aucun jeton n'a été donné, rien n'a donc été gardé. Collez-le quand il est demandé, ou passez-le par un tube.
login-unreadable = Ce qui a été donné n'a pas pu être lu ({ $reason }). Rien n'a été gardé.
login-refused = { $reason } Rien n'a été gardé.
login-not-checked = Le jeton n'a pas été vérifié, comme demandé : nul ne sait encore s'il fonctionne.
login-sandbox = C'est un bac à sable qui a répondu : rien n'y est réel.
login-accepted = Le jeton fonctionne : { $kind } de l'app « { $app } ».
login-kind-system-user = jeton d'utilisateur système
login-kind-user = jeton d'utilisateur
login-kind-app = jeton d'app
login-kind-page = jeton de Page
login-kind-other = jeton
login-expires = Il expire le { $date }.
login-expires-never = Il n'expire jamais.
login-data-access = Son accès aux données prend fin le { $date } ; reconnectez-vous avant.
login-scopes = Autorisations : { $scopes }
login-granted =
    { $count ->
        [0] Il ne nomme aucun compte pour lequel il a été accordé.
        [one] Accordé nommément pour { $count } compte.
       *[other] Accordé nommément pour { $count } comptes.
    }
login-granted-all = Accordé pour tous les comptes de son propriétaire.
login-lacks-management = Il manque { $scope } : aucun compte, numéro ou modèle n'est visible. Créez un jeton avec cette autorisation.
login-lacks-messaging = Il manque { $scope } : rien ne peut être envoyé, et certains champs des comptes restent cachés.
login-lacks-business = Il manque { $scope } : les portefeuilles ne peuvent pas être énumérés. Nommez-les avec --business ou business_ids.
login-what-token = Jeton gardé
login-what-app-secret = Clé secrète gardée
login-place-secret-service = Secret Service
login-place-keychain = trousseau macOS
login-place-credential-manager = Gestionnaire d'identification Windows
login-place-kernel-keyring = trousseau du noyau
login-place-file = fichier privé
login-stored = { $what } dans : { $place }.
login-stored-kernel = Il disparaît au redémarrage ; reconnectez-vous alors.
login-stored-file = Vous seul pouvez lire { $file }, mais il n'est pas chiffré.
login-variable-wins = { $variable } est définie et l'emporte sur ce qui a été gardé. Supprimez-la pour utiliser cette connexion.
logout-done = Déconnecté du profil { $profile }. Retiré de : { $places }.
logout-nothing = Le profil { $profile } n'avait rien à retirer.
logout-variable = { $variable } contient encore un secret pour ce shell. Supprimez-la là-bas.
profiles-name = profil
profiles-host = Graph API
profiles-version = version
profiles-token = jeton
profiles-marks = remarques
profiles-sandbox = bac à sable intégré
profiles-no-token = aucun
profiles-is-default = par défaut
profiles-is-current = utilisé
profiles-has-app-secret = avec clé secrète

## doctor

cli-about-doctor = Examiner tout ce qui va de la configuration aux comptes : ce qui marche, ce qui ne marche pas et l'étape suivante
doctor-ok = ok
doctor-warning = attention
doctor-failed = échec
doctor-check-settings = Réglages
doctor-check-secrets = Connexion
doctor-check-network = Réseau
doctor-check-tls = Chiffrement
doctor-check-clock = Horloge
doctor-check-token = Jeton
doctor-check-permissions = Autorisations
doctor-check-app = App
doctor-check-version = Version
doctor-check-discovery = Découverte
doctor-check-accounts = Comptes
doctor-check-limits = Limites
doctor-embedded = Rien n'est configuré : c'est le bac à sable intégré qui est examiné. Rien n'y est réel. Lancez wabadeck login pour examiner vos propres comptes.
doctor-settings-read = { $file } a été lu, profil { $profile }.
doctor-settings-absent = { $file } n'existe pas ; les valeurs par défaut s'appliquent, profil { $profile }.
doctor-settings-warning = { $words }
doctor-settings-broken = { $words }
doctor-settings-broken-next = Corrigez-le ; wabadeck config dit où est le fichier.
doctor-settings-unfit = { $words }
doctor-settings-unfit-next = Corrigez ce qui est nommé : l'adresse de l'API Graph (graph_url) ou le jeton (wabadeck login).
doctor-folder-closed = Rien ne peut être écrit dans { $folder } ({ $reason }) : historique, brouillons et journal ne sont pas conservés.
doctor-folder-closed-next = Autorisez-le, ou nommez un autre emplacement avec WABADECK_DATA_DIR et WABADECK_STATE_DIR.
doctor-token-from = Le jeton vient de : { $place }.
doctor-token-none = Il n'y a pas de jeton.
doctor-token-none-next = Connectez-vous avec wabadeck login pour examiner de vrais comptes.
doctor-token-lost = { $words }
doctor-no-session = { $words }
doctor-no-session-next = Connectez-vous avec wabadeck login.
doctor-connected = { $host } répond à l'adresse { $address } ({ $milliseconds } ms).
doctor-proxied = { $host } est interrogé par le proxy { $proxy }, que nomme l'environnement.
doctor-name-unknown = Le nom { $host } ne mène nulle part ({ $reason }).
doctor-name-unknown-next = Vérifiez le réseau et l'adresse de la Graph API.
doctor-not-connected = { $host } n'a pas pu être atteint ({ $reason }).
doctor-not-connected-next = Vérifiez le réseau, un pare-feu et si un proxy est nécessaire (HTTPS_PROXY).
doctor-tls-works = Le certificat a été accepté ({ $milliseconds } ms jusqu'à la réponse).
doctor-plain-here = Aucun, et il n'en faut pas : c'est cette machine ({ $milliseconds } ms jusqu'à la réponse).
doctor-plain-elsewhere = Aucun : le jeton traverse le réseau en clair, comme allow_plain_http le permet.
doctor-plain-elsewhere-next = Utilisez une adresse qui commence par https://.
doctor-request-failed = La requête a échoué.
doctor-request-failed-next = Ouvrez l'adresse dans un navigateur sur cette machine : un proxy, un pare-feu ou une page de connexion s'interpose peut-être.
doctor-certificate-refused = La connexion n'est pas digne de confiance.
doctor-certificate-refused-next = Si un proxy lit les échanges, faites accepter son autorité de certification par cette machine ; sinon, utilisez un autre réseau.
doctor-clock-right = Juste à { $seconds } s près.
doctor-clock-wrong = L'horloge de cette machine s'écarte de { $seconds } s de celle de Meta.
doctor-clock-wrong-next = Réglez l'horloge ; elle sert à juger les certificats et la fin des jetons.
doctor-clock-unknown = Le serveur n'a donné aucune heure à comparer.
doctor-token-works = Meta l'accepte : { $kind }.
doctor-token-refused = Meta ne l'accepte pas. Aucun compte n'est en cause.
doctor-token-refused-next = Créez un nouveau jeton et connectez-vous avec wabadeck login.
doctor-token-unknown = Meta n'a pas dit ce qu'est le jeton.
doctor-token-unknown-next = La suite est examinée malgré tout ; relancez wabadeck doctor une fois corrigé ce qui est nommé.
doctor-app-secret-wrong = La clé secrète de l'app n'est pas celle de l'app du jeton.
doctor-app-secret-wrong-next = Copiez-la depuis App Dashboard, Paramètres, Général, puis reconnectez-vous avec wabadeck login, ou connectez-vous sans elle.
doctor-token-never-expires = Il n'expire jamais.
doctor-token-expires = Il expire le { $date }.
doctor-token-expires-next = Créez un nouveau jeton avant ; ceux des utilisateurs système n'expirent jamais.
doctor-data-access-ends = Son accès aux données prend fin le { $date }.
doctor-data-access-ends-next = Reconnectez-vous à l'app avant.
doctor-permissions-complete = Toutes celles qu'il faut.
doctor-lacks-management = Il manque { $scope } : aucun compte, numéro ou modèle n'est visible.
doctor-lacks-management-next = Créez un jeton avec cette autorisation.
doctor-lacks-messaging = Il manque { $scope } : rien ne peut être envoyé, et certains champs restent cachés.
doctor-lacks-messaging-next = Créez un jeton avec cette autorisation.
doctor-lacks-business = Il manque { $scope } : les portefeuilles ne peuvent pas être énumérés.
doctor-lacks-business-next = Créez un jeton avec cette autorisation, ou nommez les portefeuilles avec --business.
doctor-app-named = { $app } ({ $id }). Seul le tableau de bord de l'app dit si elle est en mode développement ou en production.
doctor-version-current = { $version } est la plus récente.
doctor-version-until = { $version } est servie jusqu'au { $day }.
doctor-version-ends-soon = { $version } prend fin le { $day }.
doctor-version-ends-soon-next = Choisissez avant cette date une api_version plus récente.
doctor-version-ended = { $version } a pris fin le { $day } ; Meta répond avec une version plus récente et ce qu'elle a changé.
doctor-version-ended-next = Choisissez une api_version plus récente.
doctor-version-unknown = { $version } ne figure dans aucune de nos tables.
doctor-version-unknown-next = Vérifiez qu'api_version ne contient pas de faute.
doctor-fields-dropped = Cette version n'a pas : { $fields }. Ces champs restent vides.
doctor-fields-dropped-next = Indiquez une api_version plus récente si l'un d'eux compte.
doctor-way-found =
    { $count ->
        [0] { $way } : aucun trouvé.
        [one] { $way } : { $count } compte trouvé.
       *[other] { $way } : { $count } comptes trouvés.
    }
doctor-way-granted-for-all = { $way } : le jeton a été accordé pour tous les comptes et n'en nomme aucun ; les autres voies les énumèrent.
doctor-way-no-portfolio = { $way } : aucun portefeuille connu ne peut être interrogé.
doctor-way-no-portfolio-next = Nommez le portefeuille avec --business ou business_ids.
doctor-way-failed = { $way } ({ $whose }) : tout n'a pas pu être vu.
doctor-way-failed-next = Donnez au jeton ce que nomme le message, ou nommez ce qui manque avec --waba ou --business.
doctor-nothing-loaded = Aucun compte n'a pu être chargé.
doctor-nothing-loaded-next = Corrigez ce que nomme le message, ou réessayez dans quelques minutes.
doctor-no-accounts = Le jeton fonctionne, mais ne voit aucun compte.
doctor-no-accounts-next = Attribuez-lui des comptes dans les paramètres de l'entreprise, ou nommez-les avec --waba ou --business.
doctor-accounts-fine =
    { $count ->
        [one] { $count } compte, sans restriction.
       *[other] { $count } comptes, aucun n'est restreint.
    }
doctor-accounts-restricted = Le jeton est bon ; Meta restreint { $restricted } comptes sur { $count } : { $names }.
doctor-accounts-restricted-next = wabadeck account NOM dit pourquoi, et qui peut y remédier.
doctor-limits-untold = Meta n'a rien dit de ses limites, comme toujours quand l'usage est faible.
doctor-limits-used = Au plus { $percent } % utilisés ({ $whose }).
doctor-limits-used-next = Actualisez moins souvent jusqu'à ce que cela baisse.
doctor-limits-resting = { $whose } est en pause jusqu'à { $time }.
doctor-limits-resting-next = Attendez jusque-là ; toute demande d'ici là prolonge l'attente.
doctor-verdict-well = Tout ce qu'il faut fonctionne.
doctor-verdict-settings = Réparez d'abord les réglages.
doctor-verdict-network = Réparez d'abord l'accès à la Graph API : rien ne peut être dit du jeton.
doctor-verdict-token = Le jeton est en cause, pas les comptes.
doctor-verdict-permissions = Le jeton fonctionne, mais ne permet pas ce qu'il faut.
doctor-verdict-accounts = Le jeton fonctionne ; ce sont des comptes que Meta restreint.

## signing in on the screen

command-session-sign-in = se connecter
command-session-sign-in-help = Quitter le bac à sable : se connecter à Meta avec un jeton.
command-profile-switch = profils
command-profile-switch-help = Passer à un autre profil.
sandbox-line = Bac à sable : rien n'est réel ici et personne ne reçoit rien. { $key } : se connecter à Meta.
sandbox-line-short = Rien n'est réel ici. { $key } : se connecter à Meta.
sign-in-title = Se connecter à Meta
sign-in-explained = Collez le jeton d'un utilisateur système avec whatsapp_business_management, whatsapp_business_messaging et business_management (Paramètres business, Utilisateurs système).
sign-in-kept = Entrée demande à Meta ce que vaut le jeton, puis le range dans le coffre de cette machine.
sign-in-checking = Meta vérifie le jeton…
sign-in-token = Jeton
sign-in-app-secret = Clé secrète
sign-in-profile = Profil
sign-in-paste = collez-le ici ; il reste caché
sign-in-optional = facultatif
sign-in-already = Déjà connecté. Pour un autre jeton, changez de profil ou lancez wabadeck login.
sign-in-done = Connecté : { $profile } ; jeton rangé dans : { $place }.
hint-sign-in = ⏎ se connecter · tab champ suivant · esc annuler
profiles-title = Profils
profiles-switching = Passage au profil { $name }…
profiles-switched = Profil { $name } en cours.
profiles-still-sending = Un message est encore en route ; attendez sa réponse.

## the upgrade without a screen

cli-about-upgrade = Dire ce qui peut passer à la réception/distribution optimisée et ce qui s'y oppose ; lien, invitation, ou attente jusqu'au bout
cli-exit-still-waiting = encore en attente : la mise à niveau n'est pas terminée, ou ce que --until demande n'est pas atteint, et rien n'a échoué
cli-arg-upgrade-portfolio = Le portefeuille : son identifiant ou son nom entier ; facultatif quand un seul a quelque chose à mettre à niveau
cli-arg-upgrade-abandon = Ne plus attendre une mise à niveau commencée, et l'oublier ; rien de ce qui a été envoyé n'est repris
cli-upgrade-under-way = Commencé { $when } ({ $by }) : { $stage }
cli-upgrade-by-signup = inscription intégrée
cli-upgrade-by-manager = WhatsApp Manager
cli-upgrade-by-invitation = invitation
cli-upgrade-stage-unanswered = restée sans réponse, peut-être arrivée, et pas renvoyée
cli-upgrade-stage-waiting = en attente de l'acceptation
cli-upgrade-stage-accepted = accepté, en attente de Meta
cli-arg-sandbox-portfolios = Répartir les comptes inventés sur ce nombre de portefeuilles
cli-arg-upgrade-check = Lister pour chaque portefeuille ce que couvre une acceptation et chaque obstacle avec son remède (par défaut)
cli-arg-upgrade-signup = Lancer l'inscription intégrée : écrire l'adresse de la page d'inscription et attendre que les comptes soient activés
cli-arg-upgrade-open = Ouvrir aussi la page d'inscription dans le navigateur
cli-arg-upgrade-link = Écrire le lien vers WhatsApp Manager pour la personne qui a le contrôle total ; dans un terminal, aussi son QR code
cli-arg-upgrade-invite = Envoyer l'invitation de partenaire : Meta écrit à chaque administrateur de l'entreprise, et une seule fois est possible
cli-arg-upgrade-wait = Attendre que les comptes soient activés ; l'avancement va sur la sortie d'erreur
cli-arg-upgrade-qr = Écrire le QR code aussi dans un fichier ou un tube
cli-arg-upgrade-yes = Inviter vraiment ; sans cela, personne ne reçoit rien
cli-arg-upgrade-timeout = Secondes d'attente au plus
cli-upgrade-invite-say-so = L'invitation écrit à chaque administrateur de l'entreprise, avec rappels jusqu'à une réponse, et ne peut être envoyée qu'une fois. Ajoutez --yes pour l'envoyer.
cli-upgrade-invite-unknown = On ne sait pas si l'invitation est partie ; elle n'est donc pas renvoyée. Consultez le portefeuille avec wabadeck upgrade --check dans quelques minutes.
cli-upgrade-unknown = Aucun portefeuille n'a l'identifiant ou le nom { $name }. wabadeck upgrade --check les énumère.
cli-upgrade-several = Plusieurs portefeuilles conviennent ; nommez-en un : { $names }
cli-upgrade-no-link = Il n'y a pas de page à indiquer pour ce portefeuille.
cli-upgrade-signup-open = Ouvrez l'adresse dans un navigateur de cette machine. Il avertit au sujet du certificat, que wabadeck vient de créer : passez outre l'avertissement. La page attend 10 minutes.
cli-upgrade-not-opened = Le navigateur n'a pas pu être ouvert ({ $reason }). Ouvrez l'adresse à la main.
cli-upgrade-progress = { $on } sur { $count } activés · { $elapsed }
cli-upgrade-left = { $count ->
    [0] Il ne reste rien à mettre à niveau pour l'instant.
    [1] Reste à mettre à niveau : 1 compte. Portefeuilles prêts à commencer : { $portfolios }.
   *[other] Reste à mettre à niveau : { $count } comptes. Portefeuilles prêts à commencer : { $portfolios }.
}

## results

results-title = Résultats par méthode
results-optimized = optimisé
results-cloud-api = Cloud API
results-utility = utilitaire
results-authentication = authentification
results-authentication-international = authentification internationale
results-service = service
results-referral = par points d'entrée gratuits
results-percent = { $percent } %
results-percent-of = { $percent } % { $whole }
results-of-marketing = du marketing
results-of-sent = des envois
results-of-delivered = des remises
results-columns = { $days ->
    [one] Chaque colonne est un jour : du { $from } au { $to }.
   *[other] Chaque colonne vaut { $days } jours : du { $from } au { $to }.
}
results-sent = envoyés
results-delivered = distribués
results-read = lus
results-clicked = clics
results-not-delivered = non distribués
results-no-marketing = Aucun message marketing n'a été distribué pendant ce temps.
results-failures = Échecs, pour autant qu'ils soient connus ici
results-code-unknown = Ce code n'est pas dans le catalogue.
results-caveats = Ce que les chiffres ne disent pas
results-caveat-approximate = Meta qualifie tous ses chiffres d'approximatifs.
results-caveat-receipts = Les destinataires peuvent désactiver les confirmations de lecture : il y a plus de lectures que de lectures comptées.
results-caveat-seven-days = Les lectures et les clics comptent pendant sept jours après l'envoi ; les clics seulement pour le marketing et l'utilitaire.
results-caveat-no-clicks = Dans la région de cette entreprise, il n'y a pas de mesure des clics et la distribution n'est pas optimisée.
results-caveat-cost = Le coût n'est pas communiqué : un partenaire paie pour ce compte.
results-caveat-failures = Les échecs ne sont connus que pour les messages envoyés depuis cette machine ; Meta ne les compte nulle part.
results-period = { $count ->
    [one] dernier jour
   *[other] { $count } derniers jours
}
results-loading = Meta est interrogée sur ses chiffres…
results-share = { $percent } % du marketing est passé par la réception/distribution optimisée.
results-by-day = envoyés par jour
results-languages = { $count ->
    [one] { $count } langue
   *[other] { $count } langues
}
results-pick = Les résultats de quel modèle ?
results-templates-hint = { $count ->
    [one] { $key } montre le modèle marketing : envoyés, distribués, lus, clics par méthode.
   *[other] { $key } montre l'un des { $count } modèles marketing : envoyés, distribués, lus, clics par méthode.
}
results-no-templates = Il n'y a aucun modèle marketing à choisir.
results-insights-off = { $key } les active. C'est irréversible, une question vous est donc posée d'abord.
results-nothing-to-enable = Choisissez d'abord un modèle : Meta dit alors si ses statistiques sont désactivées.
results-enable-title = Activer les statistiques de modèles ?
results-enable-what = Meta commence à compter ce que deviennent les modèles de { $account }.
results-enable-for-good = C'est irréversible : Meta n'offre aucun moyen de les désactiver.
results-enabled = Les statistiques de modèles sont activées. Les premiers chiffres mettent un moment à venir.
results-export-none = Personne n'a échoué avec 131049 ou 131050 pendant ce temps, pour autant que ce soit connu ici.
results-exported = Écrit, pour vous seul, et copié : { $files }
results-not-exported = Les destinataires n'ont pas pu être écrits ({ $reason }). `wabadeck results export` écrit à l'endroit que vous nommez.
cli-about-results = Montrer ce que sont devenus les messages selon leur méthode, ou exporter qui doit être joint autrement
cli-about-results-export = Exporter en CSV les destinataires en échec pour une raison
cli-arg-results-account = Le compte : son identifiant ou son nom
cli-arg-results-template = Un modèle, toutes ses langues ensemble : envoyés, distribués, lus et clics par méthode
cli-arg-results-days = Autant de jours en arrière ; 90 au plus pour un modèle, 365 sinon
cli-arg-results-since = À partir de ce jour, par exemple 2026-11-01
cli-arg-results-json = Écrire du JSON
cli-arg-results-csv = Écrire du CSV, une ligne par jour
cli-arg-results-enable-insights = Activer d'abord les statistiques de modèles ; c'est irréversible, il faut donc aussi --yes
cli-arg-results-yes = Les activer vraiment
cli-arg-results-export-reason = wait (131049 : un autre canal, ou pas avant 24 heures) ou never (131050 : ne veut pas de marketing)
cli-arg-results-export-account = Seulement les destinataires de ce compte, par identifiant
cli-arg-results-export-days = Autant de jours en arrière
cli-arg-results-export-output = Écrire un nouveau fichier que vous seul pouvez lire ; il ne doit pas encore exister
cli-results-too-far = Meta garde ce que sont devenus les modèles pendant { $days } jours ; demandez-en moins.
cli-results-ask = Les statistiques de modèles de { $account } sont désactivées. Les activer est irréversible ; rien d'autre ne change. Dites --enable-insights --yes pour le faire.
cli-results-enabled = Les statistiques de modèles de { $account } sont activées. Les premiers chiffres mettent un moment à venir.
cli-results-how-to-enable = `wabadeck results … --enable-insights` dit ce que leur activation implique.
cli-results-no-template = Ce compte n'a aucun modèle nommé « { $template } ».
cli-results-not-written = { $file } n'a pas été écrit ({ $reason }). Nommez un nouveau fichier à un endroit où vous pouvez écrire.
cli-results-written = { $count ->
    [one] { $count } destinataire écrit
   *[other] { $count } destinataires écrits
} dans { $file }, que vous seul pouvez lire.

## activity

activity-title = Activité
activity-filter-hint = mots, noms, identifiants, valeurs
activity-all-accounts = tous les comptes
activity-all-kinds = tous les genres
activity-period-everything = depuis toujours
activity-period-day = dernières 24 heures
activity-period-week = 7 derniers jours
activity-period-month = 30 derniers jours
activity-pick-account = Les changements de quel compte ?
activity-pick-kind = Quel genre de changement ?
activity-pick-period = Jusqu'à quand remonter ?
activity-loading = Lecture de l'historique…
activity-none = Rien n'a changé depuis le premier regard de wabadeck. Chaque actualisation est comparée à la précédente ; les différences s'affichent ici.
activity-none-match = Rien dans l'historique ne correspond. esc revient en arrière ; les touches ci-dessus élargissent le choix.
activity-no-event = Il n'y a aucun événement à choisir.
activity-account-gone = { $id } ne fait pas partie des comptes que ce jeton voit.
activity-today = Aujourd'hui
activity-yesterday = Hier
activity-days-ago = { $count ->
    [one] Il y a { $count } jour
   *[other] Il y a { $count } jours
}
ago-now = à l'instant
ago-minutes = { $count } min
ago-hours = { $count } h
ago-days = { $count } j
ago-months = { $count } mois
ago-years = { $count } a
news-since = Depuis votre dernière visite ({ $when }) :
store-corrupt = L'historique dans { $path } est endommagé ({ $reason }). Déplacez ce fichier pour en commencer un nouveau ; tout le reste fonctionne sans lui.
store-file-in-the-way = L'historique ne peut pas être conservé dans { $path } : { $found } est un fichier là où il faut un dossier. Déplacez-le, ou choisissez un autre dossier avec WABADECK_DATA_DIR ; tout le reste fonctionne sans lui.
store-directory-in-the-way = L'historique ne peut pas être conservé dans { $path } : un dossier se trouve à la place du fichier. Déplacez-le, ou choisissez un autre dossier avec WABADECK_DATA_DIR ; tout le reste fonctionne sans lui.
store-read-only = L'historique dans { $path } ne peut pas être écrit ({ $reason }). Vérifiez à qui appartiennent le fichier et son dossier, et s'il est possible d'y écrire ; tout le reste fonctionne sans lui.
store-full = L'historique n'a pas pu être écrit : le disque est plein. Libérez de la place ; tout le reste fonctionne sans lui.
store-newer = L'historique a été écrit par une version plus récente de wabadeck (schéma { $version }). Mettez wabadeck à jour, ou indiquez un autre dossier dans WABADECK_DATA_DIR.
store-busy = L'historique est occupé par un autre processus. Réessayez, ou fermez l'autre.
store-other = L'historique n'a pas pu être utilisé ({ $reason }). Tout le reste fonctionne sans lui.
news-since-short = Nouveau ({ $when }) :
news-open = activité
news-restricted = restriction
news-disabled = désactivation
news-blocked = envoi bloqué ou limité
news-access-lost = accès perdu
news-violation = violation des règles
news-offboarded = plus optimisé
news-ineligible = mise à niveau impossible
news-payment-needed = paiement requis
news-number-down = numéro en difficulté
news-quality-down = qualité en baisse
news-limit-down = limite en baisse
news-template-disabled = modèle désactivé
news-template-paused = modèle suspendu
news-template-rejected = modèle refusé
news-template-quality-down = qualité de modèle en baisse
news-template-category = catégorie de modèle
news-name-declined = nom refusé
news-alert = alerte de Meta
news-message-failed = message en échec
news-account-gone = compte disparu
news-number-gone = numéro disparu
news-onboarded = réception/distribution optimisée active
news-reinstated = restriction levée
news-access-given = accès donné
news-terms-signed = conditions signées
news-unblocked = envoi rétabli
news-number-up = numéro rétabli
news-quality-up = qualité en hausse
news-limit-up = limite en hausse
news-template-approved = modèle approuvé
news-template-quality-up = qualité de modèle en hausse
news-account-new = nouveau compte
news-number-new = nouveau numéro
news-template-changed = modèle modifié
news-changed = modification
event-was = était { $value }
event-until = jusqu'au { $when }
event-ended = terminée
event-no-end = sans fin annoncée
event-source-refresh = vu par comparaison
event-source-webhook = annoncé par Meta
event-source-user = fait ici
event-kind-account-appeared = nouveau compte
event-kind-account-disappeared = compte disparu
event-kind-onboarding = réception/distribution optimisée
event-kind-terms = conditions du portefeuille
event-kind-review = examen du compte
event-kind-verification = vérification de l'entreprise
event-kind-status = statut du compte
event-kind-ownership = propriété
event-kind-restriction = restriction
event-kind-disabling = désactivation
event-kind-violation = violation
event-kind-health = capacité d'envoi
event-kind-number-added = nouveau numéro
event-kind-number-removed = numéro disparu
event-kind-number-status = statut de numéro
event-kind-number-quality = qualité de numéro
event-kind-number-name = nom affiché
event-kind-throughput = débit
event-kind-limit = limite de messagerie
event-kind-template-status = statut de modèle
event-kind-template-quality = qualité de modèle
event-kind-template-category = catégorie de modèle
event-kind-template-content = contenu du modèle
event-kind-payment = moyen de paiement
event-kind-partner = partenaire
event-kind-alert = alerte
event-kind-capability = capacité
event-kind-security = vérification en deux étapes
event-kind-user-preference = choix d'un client
event-kind-payment-configuration = paiements dans les discussions
event-kind-business-app = application WhatsApp Business
event-kind-message-failed = message en échec

## history

cli-arg-live = Utiliser le bac à sable intégré, avec des comptes qui changent d'eux-mêmes
webhooks-one = Meta signale un changement de { $name }
webhooks-several = Meta signale des changements de { $count } comptes
webhooks-port-closed = { $address } n'a pas pu être ouvert pour les webhooks ({ $reason }). Choisissez un autre port avec --port, ou avec webhook_port pour le tableau de bord.
webhooks-no-secret = Aucun webhook n'est reçu : sans la clé secrète de l'application, rien ne distingue ceux de Meta de ceux qu'on invente. Indiquez WABADECK_APP_SECRET, ou reconnectez-vous pour l'enregistrer.
cli-about-listen = Recevoir les webhooks de Meta, conserver chacun avant d'en accuser réception, afficher ce qu'il dit et alimenter les tableaux de bord ouverts
cli-arg-listen-port = Port d'écoute ; 0 prend n'importe quel port libre
cli-arg-listen-address = Adresse d'écoute (par défaut : cette machine seulement, derrière un proxy inverse en HTTPS)
cli-arg-verify-token = Jeton de vérification, tel qu'il figure dans le formulaire de Meta (par défaut : un jeton créé une fois et conservé)
cli-arg-listen-insecure-unsigned = Croire les webhooks sans signature : quiconque atteint le port peut en inventer
cli-arg-listen-json = Afficher un objet JSON par ligne
cli-listen-ready = À l'écoute des webhooks sur http://{ $address } (GET /health dit s'ils peuvent être conservés)
cli-listen-unsigned = Aucune signature n'est vérifiée : quiconque atteint ce port peut inventer des événements.
cli-listen-no-secret = Le secret de l'app n'est pas connu : rien ne distinguerait les webhooks de Meta de faux. Définissez WABADECK_APP_SECRET, ou conservez-le avec : wabadeck login. Pour croire tout le monde malgré cela, ajoutez --insecure-unsigned.
cli-listen-new-token = Un jeton de vérification a été créé et conservé. Le formulaire de Meta le demande : { $token }
cli-about-subscribe = Faire envoyer par Meta les webhooks des comptes à une adresse, vérifier, et dire ce qui manque
cli-arg-subscribe-accounts = Comptes, par identifiant
cli-arg-subscribe-all = Tous les comptes que voit le jeton
cli-arg-subscribe-callback = Adresse des webhooks de ces comptes au lieu de celle de l'app ; Meta exige https
cli-arg-subscribe-app = Faire de --callback l'adresse de l'app elle-même, pour tous les comptes qui n'ont pas la leur
cli-arg-subscribe-check = Ne rien changer, dire seulement où l'on en est et si l'adresse répond à la vérification de Meta
cli-arg-subscribe-remove = Mettre fin à l'abonnement de ces comptes
cli-arg-subscribe-json = Afficher du JSON
cli-subscribe-which = Nommez des comptes par identifiant, ou --all pour tous ceux que voit le jeton.
cli-subscribe-app-unknown = L'abonnement de l'app elle-même ne peut pas être lu : il y faut le secret de l'app (WABADECK_APP_SECRET).
cli-subscribe-app-none = L'app n'est abonnée à rien pour WhatsApp. Donnez-lui une adresse : wabadeck subscribe --app --callback URL
cli-subscribe-app = Les webhooks de l'app vont à { $url }
cli-subscribe-app-inactive = Les webhooks de l'app iraient à { $url }, mais Meta les a désactivés. Abonnez-la de nouveau avec --app.
cli-subscribe-fields = L'app n'est pas abonnée à : { $fields }. Abonnez-la de nouveau avec --app, ou dans le tableau de bord de l'app.
cli-subscribe-answered = { $url } répond à la vérification de Meta
cli-subscribe-refused = { $url } refuse la vérification de Meta (HTTP { $status }). Attend-elle un autre jeton de vérification ?
cli-subscribe-different = { $url } répond, mais pas avec le défi. Est-ce bien l'adresse d'un récepteur ?
cli-subscribe-unreachable = { $url } est injoignable depuis cette machine ({ $reason })
cli-subscribe-subscribed = { $account } est abonné
cli-subscribe-own-address = { $account } est abonné, avec sa propre adresse : { $url }
cli-subscribe-not = { $account } n'est pas abonné par cette app ({ $count ->
    [0] ni par une autre
    [one] une autre app l'est
   *[other] { $count } autres apps le sont
})
cli-about-watch = Regarder encore et encore sans écran, garder ce qui a changé et l'écrire ; finit par condition, délai ou signal
cli-about-timeline = Énumérer les changements gardés, du plus récent au plus ancien
cli-arg-watch-json = Écrire un objet JSON par ligne
cli-arg-watch-interval = Secondes entre deux regards, 15 au moins
cli-arg-watch-on = N'annoncer que ces événements, par exemple restricted,onboarded,quality-down,template-paused, ou des genres comme template-status ; `wabadeck timeline --json` en montre les noms
cli-arg-watch-templates = Lire aussi les modèles, une requête de plus par compte ; va de soi avec des événements de modèles
cli-arg-watch-bell = Faire sonner le terminal à chaque changement annoncé
cli-arg-watch-exec = Lancer cette commande à chaque changement annoncé : l'événement est dans WABADECK_EVENT… et, en JSON, sur son entrée standard ; sans interpréteur de commandes, quatre à la fois au plus
cli-arg-watch-exec-timeout = Secondes qu'une commande peut durer avant d'être arrêtée
cli-arg-watch-once = Regarder une fois, annoncer ce qui a été gardé depuis le dernier --once ou --resume, et finir : pour cron
cli-arg-watch-resume = Commencer par ce qui a été gardé depuis le dernier --once ou --resume : un redémarrage ne manque rien
cli-arg-watch-until = Finir avec le code 0 quand chaque compte surveillé a ce statut d'intégration, par exemple onboarded
cli-arg-watch-account = Ne surveiller que ces comptes, par identifiant
cli-arg-watch-timeout = Finir après autant de secondes ; avec --until, le code est alors 6
cli-arg-timeline-json = Écrire un objet JSON par ligne
cli-arg-timeline-account = Seulement les changements de ce compte, par identifiant
cli-arg-timeline-kind = Seulement les changements de ce genre, par exemple onboarding ou number-quality
cli-arg-timeline-text = Seulement les changements qui contiennent ce texte
cli-arg-timeline-days = Autant de jours en arrière
cli-watch-unknown-event = « { $name } » n'est pas un événement. Il y a { $known } ; et les genres de `wabadeck timeline --json`.
cli-watch-unknown-status = --until prend l'un de { $known }.
cli-watch-bad-command = --exec demande une commande : un programme et ses arguments, chaque guillemet fermé.
cli-watch-stretched = Vérification toutes les { $every } s au lieu de { $wished } s : plus souvent, les appels que Meta autorise pour ces comptes seraient épuisés.
cli-watch-as-wished = Vérification de nouveau toutes les { $wished } s.
cli-watch-timed-out = Le délai est écoulé et la condition n'est pas remplie.
cli-timeline-empty = Aucun changement n'a été gardé pendant ce temps.
profiles-token-missing = sans jeton
